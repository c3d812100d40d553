import { useCalls } from "./use-calls.ts";

/** What a request that takes its time is waiting for. */
export function CallProgress({ requestId }: { requestId: string | undefined }) {
  const call = useCalls().findLast((one) => one.requestId === requestId);
  const last = call?.attempts.at(-1);
  return (
    <p role="status" className="hint">
      {last?.waitMs === undefined
        ? "Asking …"
        : `Attempt ${last.attempt} ${last.status ? `was answered with ${last.status}` : "got no answer"}. The next one goes out in ${Math.ceil(last.waitMs / 1000)} s.`}
    </p>
  );
}
