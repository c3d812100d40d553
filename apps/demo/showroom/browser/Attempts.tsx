import type { WireAttempt, WireCall } from "../shared/wire-call.ts";

/** The attempts of a call in a line: how each was answered, and how long the client waited after it. */
export function Attempts({ call }: { call: WireCall }) {
  return (
    <span className="attempts">
      {call.attempts.map((attempt) => (
        <span key={attempt.attempt}>
          <span className={`answer ${kindOf(attempt)}`}>{answerOf(attempt)}</span>
          {attempt.durationMs !== undefined && <small>{durationOf(attempt.durationMs)}</small>}
          {attempt.waitMs !== undefined && <small>waits {durationOf(attempt.waitMs)}</small>}
        </span>
      ))}
      {!call.isDone && <small>under way</small>}
    </span>
  );
}

function durationOf(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
}

function answerOf({ status, error, durationMs }: WireAttempt): string {
  if (status !== undefined) return String(status);
  if (error !== undefined) return "no answer";
  return durationMs === undefined ? "…" : "no answer";
}

function kindOf({ status, durationMs }: WireAttempt): string {
  if (status === undefined) return durationMs === undefined ? "" : "bad";
  return status < 300 ? "good" : status === 429 ? "wait" : "bad";
}
