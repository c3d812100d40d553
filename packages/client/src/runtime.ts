/** Time, randomness and identifiers, which a test may want to control. */
export interface Runtime {
  /** Returns the wall-clock time, for dates, in milliseconds since 1970. */
  now(): number;
  /**
   * Returns the monotonic time, for durations, in milliseconds.
   *
   * @default now
   */
  elapsed?: (() => number) | undefined;
  /** Returns a number from 0 up to 1, for jitter. */
  random(): number;
  /** Returns a new GUID. */
  uuid(): string;
  /**
   * Waits.
   *
   * @param ms In milliseconds, at most 2³¹ − 1: a longer timer would fire at once.
   * @param unref Whether the program may exit during the wait.
   * @throws The signal's reason, once it is aborted.
   */
  sleep(ms: number, signal?: AbortSignal, unref?: boolean): Promise<void>;
}

export const systemRuntime: Runtime = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  random: () => Math.random(),
  // Pages served over http have no `randomUUID`.
  uuid: () =>
    crypto.randomUUID?.() ??
    "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
      (+digit ^ (crypto.getRandomValues(new Uint8Array(1))[0]! & (15 >> (+digit / 4)))).toString(
        16,
      ),
    ),
  sleep: (ms, signal, unref) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const stop = () => {
        clearTimeout(timer);
        reject(signal?.reason as Error);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener("abort", stop);
        resolve();
      }, ms);
      if (unref) (timer as { unref?: () => void }).unref?.();
      signal?.addEventListener("abort", stop);
    }),
};

/** Reads the monotonic clock, or the wall clock of a runtime without one. */
export const elapsed = (runtime: Runtime): number => runtime.elapsed?.() ?? runtime.now();

/** The longest delay that `setTimeout` accepts, in milliseconds. */
export const longestTimer = 2 ** 31 - 1;
