import { documented } from "@partner-qualifications/spec/model";
import { type Check, verdict } from "./check.ts";

export const statusCodeConformance: Check = {
  name: "status_code_conformance",
  summary: "The status is one that the operation documents",
  judge({ case: { operation, intent }, answer }) {
    // An undocumented method is not answered by the operation.
    if (!answer || intent.kind === "method") return undefined;
    const known = Object.keys(operation.responses).join(", ");
    return verdict(
      documented(operation, answer.status)
        ? undefined
        : `${answer.status} is not documented; there are ${known}`,
    );
  },
};
