/** A customer that the page offers to pick. */
export interface SampleCustomer {
  id: string;
  summary: string;
}
