import { type Check, held, wrong } from "./check.ts";

export const ignoredAuth: Check = {
  name: "ignored_auth",
  summary: "Missing, invalid and wrong kinds of tokens are refused; the right kind is accepted",
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
        return status === 401 ? held : wrong(`${status} with an invalid token, not 401`);
      case "tokenKind": {
        if (intent.isTaken !== isRefused) return held;
        const token = draft.token && "authorization" in draft.token ? intent.scheme : "no token";
        return wrong(
          `${status} with ${token}, which the operation ${intent.isTaken ? "accepts" : "refuses"}`,
        );
      }
      default:
        return undefined;
    }
  },
};
