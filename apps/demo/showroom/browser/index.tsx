import { useMock, type TestCustomer } from "./use-mock.ts";
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

/** The behavior that the mock gives to a customer. */
export function CustomerLabel({ customerId }: { customerId: string | undefined }) {
  const { data } = useMock<{ customers: TestCustomer[] }>("test-customers");
  const label = data?.customers.find(({ id }) => id.toLowerCase() === customerId);
  return label ? <span className="badge">{label.summary}</span> : null;
}
