import { randomUUID } from "node:crypto";

/** Counts what changes, so that each browser can be told exactly what it has not seen. */
export class Changes {
  /** Another one in each process: a number of the last process says nothing in this one. */
  readonly epoch = randomUUID();
  #count = 0;
  readonly #waiting = new Set<() => void>();

  get count(): number {
    return this.#count;
  }

  /** Something has changed. Returns the change's number. */
  next(): number {
    for (const wake of this.#waiting) wake();
    return ++this.#count;
  }

  /** Waits until there is more than `seen`, but no longer than a time. */
  after(seen: number, ms: number): Promise<void> {
    if (this.#count > seen) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.#waiting.add(wake);
    });
  }
}
