// RFC 9110, 5.6.7: the one form of a date that a sender may use.
const httpDate = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

function parseHttpDate(text: string | null): number {
  return httpDate.test(text ?? "") ? Date.parse(text as string) : Number.NaN;
}

/**
 * How long the service wants to be left alone.
 *
 * @param now Milliseconds since 1970, for when the answer has no `Date` of its own.
 * @returns Milliseconds, or `undefined` without a header that can be read.
 */
export function readRetryAfter(headers: Headers, now: number): number | undefined {
  const value = headers.get("retry-after")?.trim() ?? "";
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  // Against the service's own clock, which may not agree with ours.
  const wait = parseHttpDate(value) - (parseHttpDate(headers.get("date")) || now);
  return wait >= 0 ? wait : wait < 0 ? 0 : undefined;
}
