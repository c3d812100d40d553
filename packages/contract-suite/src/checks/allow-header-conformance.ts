import { type Check, held, wrong } from "./check.ts";

export const allowHeaderConformance: Check = {
  name: "allow_header_conformance",
  summary: "Allow lists exactly the methods of the path",
  judge({ case: { intent, operation }, answer }, { contract }) {
    const allow = answer?.headers.allow;
    if (intent.kind !== "method" || allow === undefined) return undefined;
    const known = contract.operations
      .filter(({ path }) => path === operation.path)
      .map(({ method }) => method);
    const listed = allow.split(",").map((method) => method.trim().toUpperCase());
    const missing = known.filter(counts).filter((method) => !listed.includes(method));
    const extra = listed.filter(counts).filter((method) => !known.includes(method));
    if (missing.length + extra.length === 0) return held;
    return wrong(`Allow is "${allow}", missing [${missing.join()}], too many [${extra.join()}]`);
  },
};

/** Excludes HEAD and OPTIONS, which HTTP itself answers. */
function counts(method: string): boolean {
  return method !== "" && method !== "HEAD" && method !== "OPTIONS";
}
