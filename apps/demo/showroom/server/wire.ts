import type { CallEvent, Hooks } from "@partner-qualifications/client";
import type { WireAttempt, WireCall } from "../shared/wire-call.ts";
import type { Changes } from "../../src/server/changes.ts";

/** Enough to look back on, and little enough to send to each browser that comes. */
const mostCalls = 200;

/** The last calls to Partner Center, told by the client's hooks while they happen. */
export class Wire {
  readonly #changes: Changes;
  readonly #calls = new Map<string, { call: WireCall; change: number }>();
  #ids = 0;

  constructor(changes: Changes) {
    this.#changes = changes;
  }

  /** Those that have changed after a number, oldest first. */
  since(change: number): WireCall[] {
    return [...this.#calls.values()].filter((kept) => kept.change > change).map(({ call }) => call);
  }

  readonly hooks: Hooks = {
    callStart: (event) => {
      const { operation, method, url, requestId, correlationId } = event;
      const call: WireCall = {
        id: ++this.#ids,
        operation: operation ?? "",
        method,
        path: new URL(url).pathname,
        requestId,
        correlationId,
        startedAt: new Date().toISOString(),
        attempts: [],
        isDone: false,
      };
      // The same call again, as after a lost answer, is another one to look at.
      this.#calls.delete(keyOf(event));
      this.#calls.set(keyOf(event), { call, change: this.#changes.next() });
      const [oldest] = this.#calls.keys();
      if (this.#calls.size > mostCalls && oldest !== undefined) this.#calls.delete(oldest);
    },
    attemptStart: (event) => this.#note(event, event.attempt, {}),
    attemptEnd: (event) => {
      const { attempt, status, durationMs, headers, error } = event;
      this.#note(event, attempt, {
        status,
        durationMs: Math.round(durationMs),
        headers,
        error: error instanceof Error ? error.message : undefined,
      });
    },
    wait: (event) => this.#note(event, event.attempt, { waitMs: Math.round(event.waitMs) }),
    callEnd: (event) => this.#change(event, (call) => ({ ...call, isDone: true })),
  };

  #note(event: CallEvent, number: number, news: Omit<WireAttempt, "attempt">): void {
    this.#change(event, (call) => {
      const before = call.attempts.find(({ attempt }) => attempt === number);
      const others = call.attempts.filter((attempt) => attempt !== before);
      return { ...call, attempts: [...others, { attempt: number, ...before, ...news }] };
    });
  }

  #change(event: CallEvent, edit: (call: WireCall) => WireCall): void {
    const kept = this.#calls.get(keyOf(event));
    if (kept) Object.assign(kept, { call: edit(kept.call), change: this.#changes.next() });
  }
}

function keyOf({ requestId, correlationId }: CallEvent): string {
  return `${requestId} ${correlationId}`;
}
