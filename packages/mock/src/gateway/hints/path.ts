import { distanceOf, tolerance } from "@partner-qualifications/command-options";

/** Paths that a source prints but the contract omits, with an alternative. */
const leftOut: [RegExp, string][] = [
  [
    /^\/v1\/customers\/[^/]+\/validations$/i,
    "The REST reference lists the validations of one customer, and contradicts itself about them (C23). GET /v1/customers/all/validations lists the partner's codes.",
  ],
  [
    /^(\/auditactivity|\/v1\/auditrecords\/)/i,
    "Only the official Swagger has one audit record by its id, under /auditactivity (C33). GET /v1/auditrecords lists them.",
  ],
  [
    /^\/customers\/webapiv3(\/|$)/i,
    "The official Swagger prints an internal base path (C27); the public one is /v1.",
  ],
];

/**
 * Suggests the intended path for an unknown one.
 *
 * @returns One or more sentences; undefined if no path is similar.
 */
export function hintForPath(
  operations: readonly { path: string }[],
  path: string,
): string | undefined {
  const [, reason] = leftOut.find(([form]) => form.test(path)) ?? [];
  const meant = meantPath(operations, path);
  if (meant === undefined) return reason;
  const question = `Did you mean ${meant}?`;
  if (reason !== undefined) return `${reason} ${question}`;
  if (meant.toLowerCase() !== path.toLowerCase()) return question;
  return `${question} A translation of the 2020 guide prints capitals; here, paths are case-sensitive (A31).`;
}

/**
 * Returns the operation's path most similar to an unknown one, with the sent values in place of its
 * parameters; undefined if no path is similar.
 */
export function meantPath(
  operations: readonly { path: string }[],
  path: string,
): string | undefined {
  const parts = path
    .replace(/^\/customers\/webapiv3(?=\/)/i, "")
    .split("/")
    .filter((part) => part !== "");
  let best: { path: string; distance: number } | undefined;
  for (const { path: template } of operations) {
    const wanted = template.split("/").slice(1);
    const [first = ""] = wanted;
    // Callers often omit the version.
    const isShort = /^v\d/.test(first) && parts.length === wanted.length - 1;
    const sent = isShort ? [first, ...parts] : parts;
    if (sent.length !== wanted.length) continue;
    const distances = wanted.map((literal, index) =>
      literal.startsWith("{") ? 0 : farFrom(literal, sent[index] ?? ""),
    );
    const distance = distances.reduce((sum, one) => sum + one, 0);
    if (distance >= (best?.distance ?? Number.POSITIVE_INFINITY)) continue;
    const found = wanted.map((part, index) => (part.startsWith("{") ? sent[index] : part));
    best = { path: `/${found.join("/")}`, distance };
  }
  return best?.path;
}

/** Returns Infinity for a different word. */
function farFrom(literal: string, part: string): number {
  const most = tolerance(literal);
  if (Math.abs(part.length - literal.length) > most) return Number.POSITIVE_INFINITY;
  const distance = distanceOf(part, literal);
  return distance <= most ? distance : Number.POSITIVE_INFINITY;
}
