import { type Check, held, wrong } from "./check.ts";

export const ignoredAuth: Check = {
  name: "ignored_auth",
  summary: "No token, a bad one or one of the wrong kind is refused, one of the right kind is not",
  inapplicable: ({ operations }) =>
    operations.some(({ security }) => security.length > 0) ? undefined : "no operation is secured",
  judge({ case: { intent, draft }, answer }) {
    if (!answer) return undefined;
    const { status } = answer;
    const isRefused = status === 401 || status === 403;
    switch (intent.kind) {
      case "withoutToken":
        return status === 401 ? held : wrong(`${status} without a token, not 401`);
      case "badToken":
        return status === 401 ? held : wrong(`${status} with a bad token, not 401`);
      case "tokenKind": {
        if (intent.isTaken !== isRefused) return held;
        const token = draft.token && "authorization" in draft.token ? intent.scheme : "no token";
        return wrong(`${status} with ${token}, which it ${intent.isTaken ? "takes" : "refuses"}`);
      }
      default:
        return undefined;
    }
  },
};
