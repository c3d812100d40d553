import { Problem } from "../../src/browser/Problem.tsx";
import { When } from "../../src/browser/When.tsx";
import { CustomerControls } from "./CustomerControls.tsx";
import { type Clock, type MockFault, useMock, useMoveMock } from "./use-mock.ts";

/** Moves the mock's clock, and lets things go wrong. */
export function TimeMachine({ customerId }: { customerId: string | undefined }) {
  const clock = useMock<Clock>("clock", 5000);
  const faults = useMock<MockFault[]>("faults", 5000);
  const move = useMoveMock();
  const isFrozen = clock.data?.mode === "manual";
  const toCome = faults.data?.reduce((sum, { count = 1 }) => sum + count, 0) ?? 0;
  const next = isFrozen ? "real" : "manual";

  return (
    <section className="time-machine" aria-labelledby="time-machine">
      <h2 id="time-machine">Time machine</h2>
      <p className="clock">
        {clock.data ? <When date={clock.data.now} /> : "…"}
        <span className="badge">{isFrozen ? "Frozen" : "Running"}</span>
      </p>
      <div className="row">
        <button
          type="button"
          className="quiet"
          onClick={() => move.mutate([["PUT", "clock", { mode: next }]])}
        >
          {isFrozen ? "Let it run" : "Freeze"}
        </button>
        <button
          type="button"
          onClick={() => move.mutate([["POST", "clock/advance", { by: "P1D" }]])}
        >
          Plus one day
        </button>
      </div>
      {customerId && <CustomerControls customerId={customerId} />}
      <div className="row">
        <button
          type="button"
          className="quiet"
          onClick={() => move.mutate([["POST", "faults", { kind: "reset", only: "writes" }]])}
        >
          Lose the next answer
        </button>
        {toCome > 0 && (
          <>
            <span className="badge">{toCome} to come</span>
            <button
              type="button"
              className="small quiet"
              onClick={() => move.mutate([["DELETE", "faults"]])}
            >
              Clear
            </button>
          </>
        )}
      </div>
      {(move.error ?? clock.error) !== null && <Problem error={move.error ?? clock.error} />}
    </section>
  );
}
