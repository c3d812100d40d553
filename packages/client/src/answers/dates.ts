const pattern =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2})(?:[.,](\d+))?)? ?(Z|[+-]\d{2}:?\d{2})?$/i;

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
  const [, day, time = "00:00:00", fraction = "", zone = "Z"] = pattern.exec(text ?? "") ?? [];
  if (day === undefined) return undefined;
  const milliseconds = fraction.slice(0, 3).padEnd(3, "0");
  const date = new Date(
    `${day}T${time}.${milliseconds}${zone.replace(/^(...)(..)$/, "$1:$2").toUpperCase()}`,
  );
  // The 30th of February would parse as a day in March.
  const exists = day.slice(8) < "29" || new Date(`${day}T00:00Z`).toJSON()?.startsWith(day);
  return exists && !Number.isNaN(date.getTime()) ? date : undefined;
}
