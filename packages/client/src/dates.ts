const pattern = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,7}))?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Reads a date as Partner Center writes them: none to seven digits of a second, `Z` or an offset.
 *
 * @returns The date to the millisecond, or `undefined` when it is written in another way. The text
 * itself stays as it came in what the client returns.
 * @example
 * parseDate("2021-05-06T19:59:56.6832021+00:00")?.toISOString(); // "2021-05-06T19:59:56.683Z"
 */
export function parseDate(text: string | undefined): Date | undefined {
  const [, seconds, fraction = "", zone] = pattern.exec(text ?? "") ?? [];
  if (seconds === undefined) return undefined;
  const date = new Date(`${seconds}.${fraction.slice(0, 3).padEnd(3, "0")}${zone}`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
