import { type Check, held, wrong } from "./check.ts";

/** Schemathesis's statuses, and HTTP's for media types and excessive lengths. */
const refusals = [400, 401, 403, 404, 406, 413, 414, 415, 422, 428, 431];

export const negativeDataRejection: Check = {
  name: "negative_data_rejection",
  summary: "A request with one violation of the contract is refused",
  judge({ case: { intent, operation }, answer }) {
    if (!answer) return undefined;
    if (intent.kind === "unacceptable") {
      // Without a documented 406, a service may ignore Accept.
      if (!("406" in operation.responses)) return undefined;
      return answer.status === 406 ? held : wrong(`${answer.status}, although 406 is documented`);
    }
    if (intent.kind !== "invalid") return undefined;
    if (refusals.includes(answer.status) || answer.status >= 500) return held;
    const [first] = intent.breaks;
    const what = first ? `${first.keyword} of ${intent.name}${first.pointer}` : intent.name;
    return wrong(`${answer.status} for a request that violates ${what} (${intent.place})`);
  },
};
