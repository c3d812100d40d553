import { nearest } from "@partner-qualifications/command-options";

interface Misnamed {
  /** The name as sent. */
  name: string;
  /** The intended name, and the source of the sent one. */
  hint: string;
}

/** Names that a source prints for parameters with other names. */
const printed: Record<string, Record<string, string>> = {
  code: {
    validationcode:
      "Did you mean code? The tables of the 2020 and 2021 guides call it validationCode, their examples code (C5b).",
  },
  filter: {
    "filter.field": swaggerFilter(),
    "filter.value": swaggerFilter(),
    "filter.operator": swaggerFilter(),
    seek: swaggerSeek(),
    seekoperation: swaggerSeek(),
    "auditrequest.filter.field": swaggerAuditFilter(),
    "auditrequest.filter.value": swaggerAuditFilter(),
    "auditrequest.filter.operator": swaggerAuditFilter(),
  },
};

/**
 * Returns the first undocumented query parameter that resembles a documented one (A31): it differs in
 * case or in one letter, or a source prints it. Other unknown parameters are ignored.
 */
export function misnamedParameter(
  documented: string[],
  query: URLSearchParams,
): Misnamed | undefined {
  for (const name of query.keys()) {
    if (documented.includes(name)) continue;
    const [source] = documented.flatMap((known) => sourceOf(known, name) ?? []);
    if (source !== undefined) return { name, hint: source };
    const meant = nearest(name, documented, 1);
    if (meant === undefined) continue;
    const isCase = meant.toLowerCase() === name.toLowerCase();
    const rule = isCase
      ? " A translation of the 2020 guide prints capitals; here, names are case-sensitive (A31)."
      : "";
    return { name, hint: `Did you mean ${meant}?${rule}` };
  }
  return undefined;
}

function sourceOf(known: string, name: string): string | undefined {
  const names = printed[known] ?? {};
  const lower = name.toLowerCase();
  return Object.hasOwn(names, lower) ? names[lower] : undefined;
}

function swaggerFilter(): string {
  return 'Did you mean filter? The official Swagger prints its members one by one; the guide sends a JSON object, filter={"Field":"CompanyName","Value":"cont","Operator":"starts_with"}, percent-encoded.';
}

function swaggerAuditFilter(): string {
  return 'Did you mean filter? The official Swagger prints its members one by one (C36); the guide sends a JSON object, filter={"Field":"CustomerId","Value":"11111111-2222-3333-4444-555555555555","Operator":"equals"}, percent-encoded.';
}

function swaggerSeek(): string {
  return "The official Swagger pages with the query; send the MS-ContinuationToken header from links.next.";
}
