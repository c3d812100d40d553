import { useState } from "react";
import { explain } from "./explain.ts";

/** What went wrong, what to do about it, and what to give to whoever helps. */
export function Problem({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const [copied, setCopied] = useState("");
  const { what, todo, words, support } = explain(error);
  const bundle = JSON.stringify(support, undefined, 2);
  const copy = () =>
    navigator.clipboard.writeText(bundle).then(
      () => setCopied("Copied"),
      () => setCopied("Not allowed by the browser: open it and copy it from there"),
    );
  return (
    <div className="problem" role="alert">
      <p className="what">{what}</p>
      {words && (
        <p>
          In its own words: <q>{words}</q>
          {support.code && ` (code ${support.code})`}
        </p>
      )}
      {todo && <p>{todo}</p>}
      <div className="row">
        {onRetry && (
          <button type="button" onClick={onRetry}>
            Try again
          </button>
        )}
        <button type="button" className="quiet" onClick={copy}>
          Copy support bundle
        </button>
        <span role="status">{copied}</span>
      </div>
      <details>
        <summary>Support bundle</summary>
        <pre tabIndex={0}>{bundle}</pre>
      </details>
    </div>
  );
}
