import type { Fault } from "../faults/fault.ts";
import type { Scenario } from "../world/scenario.ts";
import type { ClockSettings } from "../simulator/clock.ts";
import type { TestCustomer } from "../world/test-customer.ts";
import { testTokens } from "../gateway/token.ts";
import type { Control } from "./control.ts";

/** Does what a request under `/_mock/` asks for, once it is known to keep the description. */
export function performControl(
  control: Control,
  operationId: string,
  query: URLSearchParams,
  body: unknown,
): unknown {
  switch (operationId) {
    case "getClock":
      return control.clock;
    case "setClock":
      control.setClock(body as ClockSettings);
      return control.clock;
    case "advanceClock":
      control.advance((body as { by: string }).by);
      return control.clock;
    case "reset":
      control.reset();
      return control.clock;
    case "setSeed":
      control.seed((body as { seed: number }).seed);
      return body;
    case "loadScenario":
      control.reset(body as Scenario);
      return control.clock;
    case "listFaults":
      return control.faults;
    case "addFaults":
      control.addFaults(...[body as Fault | Fault[]].flat());
      return control.faults;
    case "clearFaults":
      control.clearFaults();
      return control.faults;
    case "getJournal":
      return control.journal({
        after: number(query.get("after")),
        limit: number(query.get("limit")),
      });
    case "listTestCustomers":
      return { customers: control.testCustomers, tokens: testTokens };
    case "setTestCustomer":
      control.setTestCustomer(body as TestCustomer);
      return body;
    default:
      throw new Error(`Nothing is done for the operation ${operationId}`);
  }
}

function number(text: string | null): number | undefined {
  return text === null ? undefined : Number(text);
}
