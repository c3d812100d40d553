import { useState } from "react";
import type { WireAttempt, WireCall } from "../shared/wire-call.ts";
import { asCurl } from "./as-curl.ts";
import { Json } from "./Json.tsx";

interface Props {
  call: WireCall;
  /** The name of the customer that the call is about, if it is known. */
  customer: string | undefined;
  isOpen: boolean;
  onToggle: (isOpen: boolean) => void;
}

const time = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

/** A call in one line, and all of it below. */
export function WireLine({ call, customer, isOpen, onToggle }: Props) {
  const { method, path, times, startedAt, attempts, headers = {}, body } = call;
  return (
    <li className={times > 1 ? "poll" : ""}>
      <details open={isOpen}>
        {/* Not `onToggle`, which also reports what the page opens by itself. */}
        <summary
          onClick={(event) => {
            event.preventDefault();
            onToggle(!isOpen);
          }}
        >
          <span className={`method ${method}`}>{method}</span>
          <code className="path">
            {readable(path).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/i, (id) => `${id.slice(0, 8)}…`)}
          </code>
          <Results call={call} />
          <small className="more">
            {customer && <span>{customer}</span>}
            {times > 1 && <span>{times} times</span>}
            <time dateTime={startedAt}>{time.format(new Date(startedAt))}</time>
          </small>
        </summary>
        {isOpen && (
          <div className="call">
            <div className="row spread">
              <h3>Request</h3>
              <Copy text={asCurl(call)} />
            </div>
            <code>
              {method} {path}
            </code>
            <Headers headers={headers} />
            {body !== undefined && <Json text={body} />}
            {attempts.map((attempt) => (
              <Attempt key={attempt.attempt} attempt={attempt} of={attempts.length} />
            ))}
          </div>
        )}
      </details>
    </li>
  );
}

function Attempt({ attempt, of }: { attempt: WireAttempt; of: number }) {
  const { headers = {}, body, error, waitMs } = attempt;
  return (
    <>
      <h3>
        {of > 1 ? `Attempt ${attempt.attempt}` : "Response"}{" "}
        <span className={`answer ${kindOf(attempt)}`}>{resultOf(attempt)}</span>
      </h3>
      {error && <p>{error}</p>}
      <Headers headers={headers} />
      {body && <Json text={body} />}
      {waitMs !== undefined && <p className="hint">The client waits {durationOf(waitMs)}.</p>}
    </>
  );
}

function Headers({ headers }: { headers: Record<string, string> }) {
  if (Object.keys(headers).length === 0) return null;
  return (
    <dl>
      {Object.entries(headers).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Copy({ text }: { text: string }) {
  const [copied, setCopied] = useState("Copy as curl");
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied("Copied"),
      () => setCopied("The browser does not allow it"),
    );
  return (
    <button type="button" className="quiet small" onClick={copy}>
      {copied}
    </button>
  );
}

/** The results of all attempts, and how long the client waited between them. */
function Results({ call: { attempts, isDone } }: { call: WireCall }) {
  return (
    <span className="results">
      {attempts.map((attempt) => (
        <span key={attempt.attempt}>
          <span className={`answer ${kindOf(attempt)}`}>{resultOf(attempt)}</span>
          {attempt.waitMs !== undefined && <small>waits {durationOf(attempt.waitMs)}</small>}
        </span>
      ))}
      {isDone && attempts.length === 1 && attempts[0]?.durationMs !== undefined && (
        <small>{durationOf(attempts[0].durationMs)}</small>
      )}
    </span>
  );
}

/** Returns the path as its author wrote it: the filter of a search is JSON. */
function readable(path: string): string {
  try {
    return decodeURIComponent(path.replaceAll("+", " "));
  } catch {
    return path;
  }
}

function durationOf(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
}

function resultOf({ status, error, durationMs }: WireAttempt): string {
  if (status !== undefined) return String(status);
  return error === undefined && durationMs === undefined ? "…" : "no response";
}

function kindOf({ status, durationMs }: WireAttempt): string {
  if (status === undefined) return durationMs === undefined ? "" : "bad";
  return status < 300 ? "good" : status === 429 ? "wait" : "bad";
}
