import { fault, type Fault } from "./fault.ts";

/** A customer that stands for one behaviour. Any other GUID is an ordinary customer. */
export interface TestCustomer {
  summary: string;
  /** How Education ends for it; without a denial it is approved. */
  denial?: string;
  /** How everything is answered. */
  refusal?: Fault;
}

export const testCustomers: ReadonlyMap<string, TestCustomer> = new Map([
  [
    "00000000-0000-4000-8000-00000000de01",
    { summary: "Education is denied", denial: "Not an Education Customer" },
  ],
  [
    "00000000-0000-4000-8000-000000000403",
    {
      summary: "Belongs to another partner",
      refusal: fault(403, 20002, "No relationship between caller and account."),
    },
  ],
  [
    "00000000-0000-4000-8000-000000000404",
    { summary: "Is not a tenant", refusal: fault(404, "60003", "Tenant not found") },
  ],
]);
