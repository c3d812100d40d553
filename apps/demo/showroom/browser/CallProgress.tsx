import { useCalls } from "./use-calls.ts";

/** What a request waits for. */
export function CallProgress({ requestId }: { requestId: string | undefined }) {
  const call = useCalls().findLast((one) => one.requestId === requestId);
  const last = call?.attempts.at(-1);
  return (
    <p role="status" className="hint">
      {last?.waitMs === undefined
        ? "Sending …"
        : `Attempt ${last.attempt} ${last.status ? `got ${last.status}` : "got no response"}. Next in ${Math.ceil(last.waitMs / 1000)} s.`}
    </p>
  );
}
