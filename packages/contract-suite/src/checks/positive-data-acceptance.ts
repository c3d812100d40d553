import { type Check, held, wrong } from "./check.ts";
import { businessRefusal } from "./business-refusals.ts";

/** As Schemathesis has them: a customer that is not there, or that has it already, is no defect. */
const business = [401, 403, 404, 409];

export const positiveDataAcceptance: Check = {
  name: "positive_data_acceptance",
  summary:
    "A request that conforms to the contract is accepted, or refused for a documented reason",
  judge({ case: { intent, draft, operation }, answer }) {
    if (!answer || intent.kind !== "valid") return undefined;
    const { status } = answer;
    if ((status >= 200 && status < 300) || status >= 500 || business.includes(status)) return held;
    if (businessRefusal(operation.id, status, draft)) return held;
    return wrong(
      `${status} for a request that conforms to the contract: ${answer.body.slice(0, 300)}`,
    );
  },
};
