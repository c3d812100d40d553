import { parseDate } from "@partner-qualifications/client";
import { nameOf } from "./words.ts";

const dates = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** A date in the reader's locale and time zone. An unreadable date is shown as it came. */
export function When({ date }: { date: string }) {
  const parsed = parseDate(date);
  // With a key, since a date that is aligned to the right would move when it changes.
  return parsed ? (
    <time key={date} dateTime={date}>
      {dates.format(parsed)}
    </time>
  ) : (
    <>{date}</>
  );
}

// A shape beside each color: not everyone can distinguish green from red.
const shapes: Record<string, string> = {
  InReview: "M8 4v4l3 2",
  Sending: "M8 11V5m-3 3 3-3 3 3",
  Approved: "M4.5 8.5l2.5 2.5 4.5-5",
  Denied: "M5.5 5.5l5 5m0-5l-5 5",
};

/** The status of a review. A qualification that is not reviewed has none. */
export function StatusPill({ status }: { status: string | undefined }) {
  const known = status ?? "Approved";
  return (
    <span className={`status ${known}`}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <circle cx="8" cy="8" r="7" />
        <path d={shapes[known] ?? "M8 5v3.5m0 2v.5"} />
      </svg>
      {status === undefined ? "Recognized" : nameOf(status)}
    </span>
  );
}
