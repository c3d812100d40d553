import type { Runtime } from "@partner-qualifications/client";

// Read once, since a test may replace it with a fake.
const soon: (callback: () => void) => unknown = globalThis.setImmediate ?? globalThis.setTimeout;

/** A clock for tests: each sleep advances it at once, so days of waiting take no time. */
export class FakeClock implements Runtime {
  #now: number;
  #identifiers = 0;

  /** @param start The initial time. */
  constructor(start = new Date("2026-01-05T09:00:00Z")) {
    this.#now = start.getTime();
  }

  now = (): number => this.#now;

  random = (): number => 0.5;

  uuid = (): string => `00000000-0000-4000-8000-${String(++this.#identifiers).padStart(12, "0")}`;

  sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
    signal?.throwIfAborted();
    this.#now += ms;
    // Lets the rest of the test run, including its timers: a vetting may stay in review.
    await new Promise<void>((resolve) => soon(resolve));
    signal?.throwIfAborted();
  };

  /**
   * Advances the clock.
   *
   * @param ms In milliseconds.
   */
  advance(ms: number): void {
    this.#now += ms;
  }
}
