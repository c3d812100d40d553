/** The parts of the world that a test wants to hold still. */
export interface Runtime {
  /** The wall clock, for dates: milliseconds since 1970. */
  now(): number;
  /**
   * The monotonic clock, for durations: milliseconds.
   *
   * @default now
   */
  elapsed?: (() => number) | undefined;
  /** From 0 up to 1, for jitter. */
  random(): number;
  /** A new GUID. */
  uuid(): string;
  /**
   * Waits.
   *
   * @param ms At most 2³¹ − 1, beyond which a timer would fire at once.
   * @param unref Whether a program may end meanwhile.
   * @throws The signal's reason, once it is aborted.
   */
  sleep(ms: number, signal?: AbortSignal, unref?: boolean): Promise<void>;
}

export const systemRuntime: Runtime = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  random: () => Math.random(),
  uuid,
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
      signal?.addEventListener("abort", stop, { once: true });
    }),
};

/** Reads the monotonic clock, or the wall clock of a runtime without one. */
export const elapsed = (runtime: Runtime): number => runtime.elapsed?.() ?? runtime.now();

/** The longest time that a timer can be set to, in milliseconds. */
export const longestTimer = 2 ** 31 - 1;

/** `randomUUID` is only there in pages that came over https. */
function uuid(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  // Version 4, variant 1.
  const hex = Array.from(bytes, (byte, at) =>
    ((at === 6 ? (byte & 15) | 64 : at === 8 ? (byte & 63) | 128 : byte) + 256)
      .toString(16)
      .slice(1),
  ).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
