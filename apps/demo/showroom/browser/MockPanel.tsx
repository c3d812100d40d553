import { useQuery } from "@tanstack/react-query";
import { Problem } from "../../src/browser/Problem.tsx";
import { When } from "../../src/browser/Status.tsx";
import { CustomerControls } from "./CustomerControls.tsx";
import { Disclosure } from "./Disclosure.tsx";
import { clock, faults, useControl } from "./use-mock.ts";

/** Everything that controls the mock. */
export function MockPanel({ customerId }: { customerId: string | undefined }) {
  const { data: time, error } = useQuery(clock);
  const waiting = useQuery(faults);
  const control = useControl();
  // Another server at the mock's address has no control. A read that fails later does not take the panel away.
  if (error && !time) return null;
  const isFrozen = time?.mode === "manual";
  const next = isFrozen ? "real" : "manual";
  const toCome = waiting.data?.reduce((sum, { count = 1 }) => sum + count, 0) ?? 0;

  return (
    <Disclosure id="mock" title="Mock controls" note="Not part of your app">
      <p className="hint">These change the mock for every program that uses it.</p>
      <p className="clock">
        <small>{isFrozen ? "Frozen at" : "The mock's time"}</small>
        {time ? <When date={time.now} /> : "…"}
      </p>
      <div className="row">
        {[
          ["P1D", "Jump 1 day"],
          ["P7D", "Jump 7 days"],
        ].map(([by, label]) => (
          <button
            key={by}
            type="button"
            className="quiet small"
            onClick={() => control.mutate(["POST", "clock/advance", { by }])}
          >
            {label}
          </button>
        ))}
        <button
          type="button"
          className="quiet small"
          onClick={() => control.mutate(["PUT", "clock", { mode: next }])}
        >
          {isFrozen ? "Resume time" : "Freeze time"}
        </button>
      </div>
      {customerId && <CustomerControls customerId={customerId} />}
      <div className="row">
        <button
          type="button"
          className="quiet small"
          onClick={() => control.mutate(["POST", "faults", { kind: "reset", only: "writes" }])}
        >
          Lose the next response
        </button>
        <button
          type="button"
          className="quiet small"
          aria-disabled={toCome === 0}
          onClick={() => toCome > 0 && control.mutate(["DELETE", "faults"])}
        >
          Clear failures
        </button>
        <small role="status">
          {toCome > 0 && `${toCome} ${toCome === 1 ? "failure" : "failures"} to come`}
        </small>
      </div>
      {(control.error ?? waiting.error) !== null && (
        <Problem error={control.error ?? waiting.error} />
      )}
    </Disclosure>
  );
}
