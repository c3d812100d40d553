import { useState } from "react";
import { useCustomerName } from "../../src/browser/api.ts";
import { Problem } from "../../src/browser/Problem.tsx";
import { type TestCustomer, useMock, useMoveMock } from "./use-mock.ts";

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

/** What the mock lets the open customer stand for. */
export function CustomerControls({ customerId }: { customerId: string }) {
  const companyName = useCustomerName(customerId);
  const all = useMock<{ customers: TestCustomer[] }>("test-customers");
  const move = useMoveMock();
  // What was chosen is shown before the mock has taken it.
  const [sending, setSending] = useState<TestCustomer>();
  const known = sending ?? all.data?.customers.find(({ id }) => id.toLowerCase() === customerId);
  const { education = "approved", vettingReason } = known ?? {};
  const outcome = education === "denied" ? (vettingReason ?? reasons[0]) : education;

  function stand(news: Partial<TestCustomer>) {
    const name = companyName === undefined ? {} : { companyName };
    const before = known ?? { id: customerId, summary: "Moved by the demo", ...name };
    const customer = { ...before, ...news };
    setSending(customer);
    move.mutate([["PUT", "test-customers", customer]], { onSettled: () => setSending(undefined) });
  }

  return (
    <div className="customer-controls">
      <label htmlFor="outcome">Education comes to</label>
      <select
        id="outcome"
        value={outcome}
        onChange={({ target: { value } }) =>
          stand(
            reasons.includes(value)
              ? { education: "denied", vettingReason: value }
              : { education: value as TestCustomer["education"], vettingReason: undefined },
          )
        }
      >
        <option value="approved">Approved</option>
        {reasons.map((reason) => (
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
          onChange={({ target }) => stand({ throttle: target.checked ? throttle : undefined })}
        />
        Throttle after two requests in four seconds
      </label>
      {move.error !== null && <Problem error={move.error} />}
    </div>
  );
}
