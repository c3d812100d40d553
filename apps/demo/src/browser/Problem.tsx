import { type Ref, useState } from "react";
import type { Failure } from "../shared/messages.ts";
import { explain } from "./explain.ts";

interface Props {
  error: unknown;
  onRetry?: (() => void) | undefined;
  ref?: Ref<HTMLDivElement>;
}

/** What went wrong, what to do about it, and what support needs to know. */
export function Problem({ error, onRetry, ref }: Props) {
  const [copied, setCopied] = useState("");
  const { what, todo, words } = explain(error);
  const { support } = error as Partial<Failure>;
  const bundle = JSON.stringify(support ?? error, undefined, 2);
  const copy = () =>
    navigator.clipboard.writeText(bundle).then(
      () => setCopied("Copied"),
      () => setCopied("The browser does not allow it: open it and copy it from there"),
    );
  return (
    <div className="problem" role="alert" ref={ref} tabIndex={-1}>
      <p className="what">{what}</p>
      {words && (
        <p>
          <q>{words}</q> {support?.code && <Code support={support} />}
        </p>
      )}
      {todo && <p>{todo}</p>}
      <div className="row">
        {onRetry && (
          <button type="button" onClick={onRetry}>
            Try again
          </button>
        )}
        <button type="button" className="quiet small" onClick={copy}>
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

function Code({ support: { code, docs } }: { support: Failure["support"] }) {
  return docs ? <a href={docs}>Error {code}</a> : <>(error {code})</>;
}
