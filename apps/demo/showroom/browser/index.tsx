import { TimeMachine } from "./TimeMachine.tsx";
import { type TestCustomer, useMock } from "./use-mock.ts";
import { Wire } from "./Wire.tsx";
import "./showroom.css";

export { CallProgress } from "./CallProgress.tsx";

/** What stands beside the page: the time machine, if a mock responds, and the wire. */
export function Panel(props: { isMock: boolean; customerId: string | undefined }) {
  const { isMock, customerId } = props;
  return (
    <>
      {isMock && <TimeMachine key={customerId} customerId={customerId} />}
      <Wire />
    </>
  );
}

/** The behavior that a test customer has in the mock. */
export function CustomerLabel(props: { isMock: boolean; customerId: string }) {
  const test = useMock<{ customers: TestCustomer[] }>("test-customers", false, props.isMock);
  const label = test.data?.customers.find(({ id }) => id.toLowerCase() === props.customerId);
  return label ? <span className="badge">{label.summary}</span> : null;
}
