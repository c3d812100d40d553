import type { Runtime } from "@partner-qualifications/client";

// Kept, since a test may put a fake in its place.
const soon: (callback: () => void) => unknown = globalThis.setImmediate ?? globalThis.setTimeout;

/** A clock for tests: whoever sleeps moves it on, so days of waiting take no time. */
export class FakeClock implements Runtime {
  #now: number;
  #identifiers = 0;

  /** @param start The time at the beginning. */
  constructor(start = new Date("2026-01-05T09:00:00Z")) {
    this.#now = start.getTime();
  }

  now = (): number => this.#now;

  random = (): number => 0.5;

  uuid = (): string => `00000000-0000-4000-8000-${String(++this.#identifiers).padStart(12, "0")}`;

  sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
    signal?.throwIfAborted();
    this.#now += ms;
    // Lets the rest of the test have its turn, its timers included: a vetting may stay in review.
    await new Promise<void>((resolve) => soon(resolve));
    signal?.throwIfAborted();
  };

  /** @param ms How far to move it on, in milliseconds. */
  advance(ms: number): void {
    this.#now += ms;
  }
}
