import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useCustomerName } from "../../src/browser/api.ts";
import { Problem } from "../../src/browser/Problem.tsx";
import { type TestCustomer, testCustomers, useControl } from "./use-mock.ts";

/** The reasons that Partner Center is known to give. */
const reasons = [
  "Not an Education Customer",
  "Not an Education Customer - After Review",
  "Restricted being an Education Customer",
  "Not an Academic Domain",
  "Not an eligible Library",
  "Not an eligible Museum",
];
const throttle = { requests: 2, per: "PT4S" };

/** The behavior that the mock gives to the open customer. */
export function CustomerControls({ customerId }: { customerId: string }) {
  const companyName = useCustomerName(customerId);
  const all = useQuery(testCustomers);
  const control = useControl();
  // The choice is shown before the mock has it.
  const [sending, setSending] = useState<TestCustomer>();
  const known = sending ?? all.data?.customers.find(({ id }) => id.toLowerCase() === customerId);
  const { education = "approved", vettingReason } = known ?? {};
  const outcome = education === "denied" ? (vettingReason ?? reasons[0]) : education;
  const outcomes = new Set([...reasons, ...(education === "denied" && outcome ? [outcome] : [])]);

  function behave(news: Partial<TestCustomer>) {
    const name = companyName === undefined ? {} : { companyName };
    const before = known ?? { id: customerId, summary: "Controlled by the demo", ...name };
    const customer = { ...before, ...news };
    setSending(customer);
    control.mutate(["PUT", "test-customers", customer], { onSettled: () => setSending(undefined) });
  }

  return (
    <div className="customer-controls">
      <label htmlFor="outcome">The review of Education ends as</label>
      <select
        id="outcome"
        value={outcome}
        onChange={({ target: { value } }) =>
          behave(
            outcomes.has(value)
              ? { education: "denied", vettingReason: value }
              : { education: value as TestCustomer["education"], vettingReason: undefined },
          )
        }
      >
        <option value="approved">Approved</option>
        {[...outcomes].map((reason) => (
          <option key={reason} value={reason}>
            Denied: {reason}
          </option>
        ))}
        <option value="undecided">Never decided</option>
        <option value="revoked">Approved, later revoked</option>
      </select>
      <label className="check">
        <input
          type="checkbox"
          checked={known?.throttle !== undefined}
          onChange={({ target }) => behave({ throttle: target.checked ? throttle : undefined })}
        />
        Throttle after two requests in four seconds
      </label>
      {control.error !== null && <Problem error={control.error} />}
    </div>
  );
}
