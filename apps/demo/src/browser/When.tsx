import { parseDate } from "@partner-qualifications/client";

const full = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const time = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

/** A date as the reader's own locale and time zone have it. What cannot be read is shown as it came. */
export function When({ date, only }: { date: string; only?: "time" }) {
  const parsed = parseDate(date);
  if (!parsed) return <>{date}</>;
  return <time dateTime={date}>{(only === "time" ? time : full).format(parsed)}</time>;
}
