import { nameOf } from "./names.ts";

// A shape beside each colour: not everybody tells green from red.
const shapes: Record<string, string> = {
  InReview: "M8 4v4l3 2",
  Approved: "M4.5 8.5l2.5 2.5 4.5-5",
  Denied: "M5.5 5.5l5 5m0-5l-5 5",
};

/** How far a vetting is. A qualification without a vetting is there at once. */
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
