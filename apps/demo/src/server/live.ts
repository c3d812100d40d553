import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { News } from "../shared/messages.ts";

/** Proxies close a connection that is quiet for long. */
const heartbeatMs = 15_000;
/** Changes within this time are sent together. */
const gatherMs = 300;

/** Numbers each change, and streams the changes to browsers. */
export class Live {
  readonly #topics = new Map<string, (since: number) => unknown[]>();
  readonly #waiting = new Set<() => void>();
  #changes = 0;

  /** @param since Returns the items that changed after a number: all of them after 0. */
  addTopic(name: string, since: (change: number) => unknown[]): void {
    this.#topics.set(name, since);
  }

  /** Counts a change and wakes the streams. Returns its number, the first is 1. */
  next(): number {
    for (const wake of this.#waiting) wake();
    return ++this.#changes;
  }

  /**
   * Sends everything, then what changes, as server-sent events. A message has all that changed since
   * the one before, so a slow browser gets fewer of them.
   */
  readonly stream = (c: Context) =>
    streamSSE(c, async (stream) => {
      for (let seen = 0, isWhole = true; !stream.aborted; isWhole = false) {
        const upTo = this.#changes;
        await stream.write(": alive\n\n");
        for (const [event, since] of this.#topics) {
          const news: News<unknown> = { isWhole, items: since(seen) };
          if (isWhole || news.items.length > 0) {
            await stream.writeSSE({ event, data: JSON.stringify(news) });
          }
        }
        seen = upTo;
        await stream.sleep(gatherMs);
        if (this.#changes === seen) await this.#change();
      }
    });

  #change(): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, heartbeatMs);
      this.#waiting.add(wake);
    });
  }
}
