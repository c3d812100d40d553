import { documented } from "@partner-qualifications/spec/model";
import { type Check, verdict } from "./check.ts";

export const statusCodeConformance: Check = {
  name: "status_code_conformance",
  summary: "The operation documents the status",
  judge({ case: { operation, intent }, answer }) {
    // An undocumented method is not the operation's.
    if (!answer || intent.kind === "method") return undefined;
    const known = Object.keys(operation.responses).join(", ");
    return verdict(
      documented(operation, answer.status)
        ? undefined
        : `${answer.status} is not documented; documented: ${known}`,
    );
  },
};
