export const headers = { authorization: "Bearer any", "content-type": "application/json" };
export const body = JSON.stringify({ qualification: "Education", educationSegment: "K12" });

/** Returns the path of a customer's qualifications. */
export function pathOf(customer: number): string {
  const id = `10000000-0000-4000-8000-${String(customer).padStart(12, "0")}`;
  return `/v1/customers/${id}/qualifications`;
}
