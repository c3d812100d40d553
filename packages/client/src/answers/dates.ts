const pattern =
  /^(\d{4}-\d{2}-(\d{2}))(?:[T ](\d{2}:\d{2}:\d{2})(?:[.,](\d{1,3})\d*)?)? ?(?:Z|([+-]\d{2}):?(\d{2}))?$/i;

/**
 * Parses a date in Partner Center's formats: zero to seven fraction digits, and `Z` or an offset. It also
 * accepts a space for the `T`, a missing time, and a missing zone, which means UTC.
 *
 * @returns The date to the millisecond, or `undefined` for another format or a day that does not exist. What
 * the client returns keeps the original text.
 * @example
 * parseDate("2021-05-06T19:59:56.6832021+00:00")?.toISOString(); // "2021-05-06T19:59:56.683Z"
 */
export function parseDate(text: string | undefined): Date | undefined {
  const [, date, day = "", time = "00:00:00", fraction = "0", hours = "+00", minutes = "00"] =
    pattern.exec(text ?? "") ?? [];
  const parsed = new Date(`${date}T${time}.${fraction.padEnd(3, "0")}${hours}:${minutes}`);
  // The 30th of February would parse as a day in March.
  const exists = day < "29" || new Date(`${date}T00:00Z`).toJSON()?.startsWith(date!);
  return exists && !Number.isNaN(parsed.getTime()) ? parsed : undefined;
}
