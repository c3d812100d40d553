import { useQuery } from "@tanstack/react-query";
import { Link } from "../../src/browser/routes.tsx";
import { type TestCustomer, testCustomers } from "./use-mock.ts";

/** Names of customers that have none, because they cannot be read. */
const names: Record<string, string> = {
  "00000000-0000-4000-8000-000000000403": "Litware University",
  "00000000-0000-4000-8000-000000000404": "A deleted tenant",
};
const groups: [title: string, isIn: (customer: TestCustomer) => boolean][] = [
  ["Reviews", ({ education }) => education !== undefined],
  ["Refusals", (one) => Boolean(one.refusal ?? one.holds ?? one.validationCodesExhausted)],
  ["Failures on the wire", () => true],
];

/** The mock's customers with special behavior, each with a label for it. */
export function Cases() {
  const { data } = useQuery(testCustomers);
  if (!data) return null;
  const left = new Set(data.customers);
  return (
    <section aria-labelledby="cases" className="cases">
      <div>
        <h2 id="cases">Try a case</h2>
        <p className="hint">Customers of the mock. Each behaves as its label says, every time.</p>
      </div>
      {groups.map(([title, isIn], index) => {
        const members = [...left].filter(isIn);
        for (const one of members) left.delete(one);
        return (
          <details key={title} open={index === 0}>
            <summary>
              {title} <small>{members.length}</small>
            </summary>
            <ul className="rows">
              {members.map((one) => (
                <li key={one.id}>
                  <Link href={`/customers/${one.id.toLowerCase()}`}>
                    <strong>{one.companyName ?? names[one.id] ?? one.id}</strong>
                    <span className="badge">{one.summary}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </details>
        );
      })}
    </section>
  );
}
