import { randomUUID } from "node:crypto";
import type { Runtime } from "@partner-qualifications/client";

/** A client runtime in which waits end at once and are recorded. */
export interface SteadyRuntime extends Runtime {
  /** The waits so far, in milliseconds. */
  readonly waits: number[];
}

/** @param waited Called with each wait, for example to advance a clock. */
export function steadyRuntime(waited: (ms: number) => void = () => {}): SteadyRuntime {
  const waits: number[] = [];
  let passed = 0;
  return {
    waits,
    now: () => Date.now() + passed,
    random: () => 0.5,
    uuid: randomUUID,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      waits.push(ms);
      passed += ms;
      waited(ms);
    },
  };
}
