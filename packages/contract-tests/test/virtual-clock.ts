/** Advances to the next timer whenever nothing else is pending. */
export class VirtualClock {
  readonly #moved: (ms: number) => void;
  #now = Date.parse("2026-01-05T09:00:00.123Z");
  #timers: { at: number; ring: () => void }[] = [];
  #running = 0;
  #isTicking = false;

  /** @param moved Advances other clocks accordingly. */
  constructor(moved: (ms: number) => void) {
    this.#moved = moved;
  }

  now(): number {
    return this.#now;
  }

  /** Stops the clock during work in real time, except for {@link sleep} inside it. */
  async during<T>(run: () => Promise<T>): Promise<T> {
    this.#running++;
    try {
      return await run();
    } finally {
      this.#running--;
    }
  }

  /** @param isInside Whether the caller is inside {@link during}. */
  async sleep(ms: number, signal?: AbortSignal, isInside = false): Promise<void> {
    signal?.throwIfAborted();
    if (isInside) this.#running--;
    await new Promise<void>((resolve, reject) => {
      const timer = { at: this.#now + Math.ceil(ms), ring: resolve };
      this.#timers.push(timer);
      signal?.addEventListener("abort", () => {
        this.#timers = this.#timers.filter((other) => other !== timer);
        reject(signal.reason as Error);
      });
      if (!this.#isTicking) void this.#tick();
    });
    if (isInside) this.#running++;
  }

  async #tick(): Promise<void> {
    this.#isTicking = true;
    while (this.#timers.length > 0) {
      for (let turns = 0; turns < 5 || this.#running > 0; turns++) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      let next = this.#timers[0];
      for (const timer of this.#timers) if (next && timer.at < next.at) next = timer;
      if (!next) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      const ms = Math.max(0, next.at - this.#now);
      this.#now += ms;
      if (ms > 0) this.#moved(ms);
      next.ring();
    }
    this.#isTicking = false;
  }
}
