import { type Check, held, wrong } from "./check.ts";

const refusals = [400, 401, 403, 406, 422];

export const missingRequiredHeader: Check = {
  name: "missing_required_header",
  summary: "A request without a required header is refused, with 401 for Authorization",
  inapplicable: ({ operations }) =>
    operations.some(
      ({ security, parameters }) =>
        security.length > 0 || parameters.some((one) => one.in === "header" && one.required),
    )
      ? undefined
      : "no operation requires a header",
  judge({ case: { intent }, answer }) {
    if (!answer) return undefined;
    if (intent.kind === "withoutToken") {
      return answer.status === 401
        ? held
        : wrong(`${answer.status} without Authorization, not 401`);
    }
    const isMissing =
      intent.kind === "invalid" &&
      intent.place === "header" &&
      intent.breaks.some(({ keyword, pointer }) => keyword === "required" && pointer === "");
    if (!isMissing) return undefined;
    return refusals.includes(answer.status)
      ? held
      : wrong(`${answer.status} without ${intent.name}, not one of ${refusals.join(", ")}`);
  },
};
