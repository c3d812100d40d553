import { type Check, held, wrong } from "./check.ts";

export const unsupportedMethod: Check = {
  name: "unsupported_method",
  summary: "An unsupported method gets 405 with Allow",
  judge({ case: { intent, draft }, answer }) {
    if (!answer || intent.kind !== "method") return undefined;
    // The server may answer OPTIONS for the path itself (RFC 9110, 9.3.7).
    if (draft.method === "OPTIONS" && answer.status < 300) return held;
    if (answer.status !== 405) return wrong(`${draft.method} got ${answer.status}, not 405`);
    return "allow" in answer.headers ? held : wrong("405 without Allow (RFC 9110, 15.5.6)");
  },
};
