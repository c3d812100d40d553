/**
 * A date as RFC 9110, 5.6.7 lets a sender write it; no other form, and no day that does not exist.
 *
 * @returns Milliseconds since 1970, or `NaN`.
 */
export function parseHttpDate(text: string | null | undefined): number {
  const date = new Date(text ?? "");
  // Written by the same rule, it must come out as it came in.
  return date.toUTCString() === text ? date.getTime() : Number.NaN;
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
