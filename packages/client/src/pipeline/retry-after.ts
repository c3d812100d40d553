// RFC 9110, 5.6.7: the form to be sent, and the two older ones that are to be read.
const forms = [
  /^\w{3}, \d{2} \w{3} \d{4} [\d:]{8} GMT$/,
  /^\w{6,9}, \d{2}-\w{3}-\d{2} [\d:]{8} GMT$/,
  /^\w{3} \w{3} [ \d]\d [\d:]{8} \d{4}$/,
];

/**
 * A date as RFC 9110 has a recipient read it; no other form, and no day that does not exist.
 *
 * @returns Milliseconds since 1970, or `NaN`.
 */
export function parseHttpDate(text: string | null | undefined): number {
  // Every answer has one, and for a second it is the same.
  if (text !== last.text) last = { text, ms: readHttpDate(text) };
  return last.ms;
}

let last: { text: string | null | undefined; ms: number } = { text: null, ms: Number.NaN };

function readHttpDate(text: string | null | undefined): number {
  if (text == null || !forms.some((form) => form.test(text))) return Number.NaN;
  const date = new Date(text.endsWith(" GMT") ? text : `${text} GMT`);
  // The 31st of February would be read as a day in March.
  return date.getUTCDate() === Number(/\d+/.exec(text)?.[0])
    ? plausible(date.getTime())
    : Number.NaN;
}

/** @returns The time, or `NaN` for one that no clock of the service can have shown, such as .NET's year 1. */
export function plausible(ms: number): number {
  return ms >= Date.UTC(2000) && ms < Date.UTC(2101) ? ms : Number.NaN;
}

/**
 * How long the service wants to be left alone. Of several values, as proxies make them, the longest.
 *
 * @param now Milliseconds since 1970, for when the answer has no `Date` of its own.
 * @returns Milliseconds, or `undefined` without a header that can be read.
 */
export function readRetryAfter(headers: Pick<Headers, "get">, now: number): number | undefined {
  const value = headers.get("retry-after")?.trim() ?? "";
  if (/^\d[\d., ]*$/.test(value)) {
    const seconds = Math.max(...value.split(",").map(Number));
    return Number.isNaN(seconds) ? undefined : seconds * 1000;
  }
  // Against the service's own clock, which may not agree with ours.
  const wait = parseHttpDate(value) - (parseHttpDate(headers.get("date")) || now);
  return wait >= 0 ? wait : wait < 0 ? 0 : undefined;
}
