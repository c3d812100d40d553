/** Limits the concurrent requests to one origin. The others queue in order of arrival. */
export class Connections {
  readonly #most: number;
  readonly #byOrigin = new Map<string, { busy: number; waiting: Set<() => void> }>();
  #whenIdle: (() => void)[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Takes a connection, at once or when one is free, and calls `start`.
   *
   * @returns A function that leaves the queue; `undefined` if `start` was called at once.
   */
  take(origin: string, start: () => void): (() => void) | undefined {
    const line = this.#byOrigin.get(origin) ?? { busy: 0, waiting: new Set() };
    this.#byOrigin.set(origin, line);
    if (line.busy < this.#most) {
      line.busy++;
      start();
      return undefined;
    }
    line.waiting.add(start);
    return () => line.waiting.delete(start);
  }

  /** Returns a connection, which goes to the request that has waited longest. */
  free(origin: string): void {
    const line = this.#byOrigin.get(origin)!;
    const [next] = line.waiting;
    if (next) {
      line.waiting.delete(next);
      next();
    } else if (--line.busy === 0) {
      this.#byOrigin.delete(origin);
      if (this.#byOrigin.size === 0) for (const idle of this.#whenIdle.splice(0)) idle();
    }
  }

  /** Resolves when no request is in progress or queued. */
  idle(): Promise<void> {
    return this.#byOrigin.size === 0
      ? Promise.resolve()
      : new Promise((resolve) => this.#whenIdle.push(resolve));
  }
}
