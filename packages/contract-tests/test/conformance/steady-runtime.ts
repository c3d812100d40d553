import { randomUUID } from "node:crypto";
import type { Runtime } from "@partner-qualifications/client";

/** A client's time and chance: waits pass at once and are told. */
export interface SteadyRuntime extends Runtime {
  /** The waits so far, in milliseconds. */
  readonly waits: number[];
}

/**
 * @param waited Told of each wait, for instance to move a clock.
 */
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
