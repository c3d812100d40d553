import { type QueryClient, useQuery } from "@tanstack/react-query";
import { clock, testCustomers } from "./use-mock.ts";
import { MockPanel } from "./MockPanel.tsx";
import { Wire } from "./Wire.tsx";
import "./showroom.css";

export { Banner } from "./Banner.tsx";
export { CallProgress } from "./CallProgress.tsx";
export { Cases } from "./Cases.tsx";

/** Beside the page: the calls on the wire, and if a mock responds, everything that controls it. */
export function Panel(props: { isMock: boolean; customerId: string | undefined }) {
  const { isMock, customerId } = props;
  return (
    <>
      {isMock && <MockPanel key={customerId} customerId={customerId} />}
      <Wire customerId={customerId} />
    </>
  );
}

/** Reads what the first page shows of the mock, so that nothing moves when it arrives. */
export function prefetch(queries: QueryClient): Promise<unknown> {
  return Promise.all([queries.prefetchQuery(testCustomers), queries.prefetchQuery(clock)]);
}

/** The behavior that the mock gives to a customer. */
export function CustomerLabel({ customerId }: { customerId: string }) {
  const { data } = useQuery(testCustomers);
  const label = data?.customers.find(({ id }) => id.toLowerCase() === customerId);
  return label ? <span className="badge">{label.summary}</span> : null;
}
