// RFC 9110, 5.6.7: the current format, and the two obsolete ones that recipients must accept.
const formats = [
  /^\w{3}, \d{2} \w{3} \d{4} [\d:]{8} GMT$/,
  /^\w{6,9}, \d{2}-\w{3}-\d{2} [\d:]{8} GMT$/,
  /^\w{3} \w{3} [ \d]\d [\d:]{8} \d{4}$/,
];

/**
 * Parses a date in a format of RFC 9110, and no other.
 *
 * @returns Milliseconds since 1970, or `NaN` for another format or a day that does not exist.
 */
export function parseHttpDate(text: string | null): number {
  // Every response has one, and it changes only once a second.
  if (text !== last.text) last = { text, ms: readHttpDate(text ?? "") };
  return last.ms;
}

let last: { text: string | null; ms: number } = { text: null, ms: Number.NaN };

function readHttpDate(text: string): number {
  const date = new Date(text.endsWith(" GMT") ? text : `${text} GMT`);
  // The 31st of February would parse as a day in March.
  return formats.some((format) => format.test(text)) &&
    date.getUTCDate() === Number(/\d+/.exec(text)?.[0])
    ? plausible(date.getTime())
    : Number.NaN;
}

/** Returns a time, or `NaN` for one that is surely wrong, such as .NET's year 1. */
export function plausible(ms: number): number {
  return ms >= Date.UTC(2000) && ms < Date.UTC(2101) ? ms : Number.NaN;
}

/**
 * Parses Retry-After. Of several values, as proxies add them, the longest counts.
 *
 * @param now Milliseconds since 1970, if the response has no valid `Date`.
 * @returns Milliseconds, or `undefined` without a valid header.
 */
export function readRetryAfter(headers: Pick<Headers, "get">, now: number): number | undefined {
  const value = headers.get("retry-after")?.trim() ?? "";
  const ms = /^\d[\d., ]*$/.test(value)
    ? Math.max(...value.split(",").map(Number)) * 1000
    : // By the service's own clock, which may differ from the local one.
      parseHttpDate(value) - (parseHttpDate(headers.get("date")) || now);
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
