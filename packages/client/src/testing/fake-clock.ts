import type { Runtime } from "@partner-qualifications/client";

// Read once, since a test may replace it with a fake.
const soon: (callback: () => void) => unknown = globalThis.setImmediate ?? globalThis.setTimeout;

/** A clock for tests: each sleep advances it at once, so days of waiting take no time. */
export class FakeClock implements Runtime {
  readonly now: () => number;
  readonly random: () => number;
  readonly uuid: () => string;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /**
   * Advances the clock.
   *
   * @param ms In milliseconds.
   */
  readonly advance: (ms: number) => void;

  /** @param start The initial time. */
  constructor(start = new Date("2026-01-05T09:00:00Z")) {
    // Variables and not private members, which a proxy could not reach.
    let now = start.getTime();
    let identifiers = 0;
    this.now = () => now;
    this.random = () => 0.5;
    this.uuid = () => `00000000-0000-4000-8000-${String(++identifiers).padStart(12, "0")}`;
    this.advance = (ms) => {
      now += ms;
    };
    this.sleep = async (ms, signal) => {
      signal?.throwIfAborted();
      now += ms;
      // Lets the rest of the test run, including its timers: a vetting may stay in review.
      await new Promise<void>((resolve) => soon(resolve));
      signal?.throwIfAborted();
    };
  }
}
