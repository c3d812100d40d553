import { fault, type Fault } from "./fault.ts";

/** A customer that stands for one behaviour. Any other GUID is an ordinary customer. */
export interface TestCustomer {
  id: string;
  /** What it stands for, in a few words. */
  summary: string;
  /** The reason with which Education is denied; without one it is approved. */
  denial?: string;
  /** How every request about it is refused. */
  refusal?: Fault;
}

export const testCustomers: readonly TestCustomer[] = [
  {
    id: "00000000-0000-4000-8000-00000000de01",
    summary: "Education is denied",
    denial: "Not an Education Customer",
  },
  {
    id: "00000000-0000-4000-8000-000000000403",
    summary: "Belongs to another partner",
    refusal: fault(403, 20002, "No relationship between caller and account."),
  },
  {
    id: "00000000-0000-4000-8000-000000000404",
    summary: "Is not a tenant",
    refusal: fault(404, "60003", "Tenant not found"),
  },
];

/** What a customer stands for; nothing, for an ordinary one. */
export function behaviourOf(customerId: string): Partial<TestCustomer> {
  return testCustomers.find(({ id }) => id === customerId) ?? {};
}
