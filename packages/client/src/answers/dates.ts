const pattern =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2})(?:[.,](\d+))?)? ?(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * Reads a date as Partner Center writes them, none to seven digits of a second and `Z` or an offset, and
 * in the ways that differ from it by little: a space for the `T`, no time, no zone, which then is UTC.
 *
 * @returns The date to the millisecond, or `undefined` when it is written in another way or no such day
 * exists. The text itself stays as it came in what the client returns.
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
  // The 30th of February would be read as a day in March.
  const exists = day.slice(8) < "29" || new Date(`${day}T00:00Z`).toJSON()?.startsWith(day);
  return exists && !Number.isNaN(date.getTime()) ? date : undefined;
}
