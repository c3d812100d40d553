import { useQuery } from "@tanstack/react-query";
import { focusOn } from "../../src/browser/focus-on.ts";
import { Problem } from "../../src/browser/Problem.tsx";
import { When } from "../../src/browser/Status.tsx";
import { clock, useControl } from "./use-mock.ts";

/** Says that the mock's time is frozen: nothing is decided, for any program that uses it. */
export function Banner() {
  const { data } = useQuery(clock);
  const control = useControl();
  const resume = () =>
    control.mutate(["PUT", "clock", { mode: "real" }], {
      onSuccess: () => focusOn(document.getElementById("mock")),
    });
  return (
    <div role="status">
      {data?.mode === "manual" && (
        <div className="banner">
          <p>
            <strong>The mock's time is frozen</strong> at <When date={data.now} />. No review is
            decided, for any program that uses this mock.
          </p>
          <button type="button" className="small" onClick={resume}>
            Resume
          </button>
        </div>
      )}
      {control.error !== null && <Problem error={control.error} />}
    </div>
  );
}
