import { type Check, held, wrong } from "./check.ts";
import { businessRefusal } from "./business-refusals.ts";

/** Schemathesis's statuses: an unknown customer, or a conflict, is not a defect. */
const business = [401, 403, 404, 409];

export const positiveDataAcceptance: Check = {
  name: "positive_data_acceptance",
  summary: "A valid request is accepted, or refused for a documented reason",
  judge({ case: { intent, draft, operation }, answer }) {
    if (!answer || intent.kind !== "valid") return undefined;
    const { status } = answer;
    if ((status >= 200 && status < 300) || status >= 500 || business.includes(status)) return held;
    if (businessRefusal(operation.id, status, draft)) return held;
    return wrong(`${status} for a valid request: ${answer.body.slice(0, 300)}`);
  },
};
