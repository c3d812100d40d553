import { When } from "../../src/browser/When.tsx";
import { Attempts } from "./Attempts.tsx";
import { foldCalls } from "./fold-calls.ts";
import { useCalls } from "./use-calls.ts";

/** Each call of the server to Partner Center while it happens. */
export function Wire() {
  const calls = foldCalls(useCalls());
  return (
    <section className="wire" aria-labelledby="wire">
      <h2 id="wire">On the wire</h2>
      <p className="hint">
        What the server sends to Partner Center, newest first. The token is never shown.
      </p>
      {calls.length === 0 && <p className="hint">Nothing yet.</p>}
      <ol>
        {calls.map((call) => (
          <li key={call.id}>
            <details>
              <summary>
                <span className="call">
                  <code>
                    {call.method} {call.operation}
                  </code>
                  {call.times > 1 && <small title="Calls like this one">× {call.times}</small>}
                  <When date={call.startedAt} only="time" />
                </span>
                <Attempts call={call} />
              </summary>
              <dl>
                <dt>Address</dt>
                <dd>{call.path}</dd>
                <dt>MS-RequestId</dt>
                <dd>{call.requestId}</dd>
                <dt>MS-CorrelationId</dt>
                <dd>{call.correlationId}</dd>
                {Object.entries(call.attempts.at(-1)?.headers ?? {}).map(([name, value]) => (
                  <Header key={name} name={name} value={value} />
                ))}
              </dl>
            </details>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Header({ name, value }: { name: string; value: string }) {
  if (name === "ms-requestid" || name === "ms-correlationid") return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
