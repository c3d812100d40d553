import type { CallEvent, Fetch, Hooks } from "@partner-qualifications/client";
import type { Live } from "../../src/server/live.ts";
import type { WireAttempt, WireCall } from "../shared/wire-call.ts";

const mostCalls = 100;
const longestBody = 16_384;

interface Kept {
  call: WireCall;
  change: number;
  /** A poll that may join the line of the one before is not shown until it ends. */
  isHidden: boolean;
}

/** The last calls to Partner Center while they happen, with their bodies and without the token. */
export class Wire {
  readonly #live: Live;
  readonly #calls = new Map<string, Kept>();
  #ids = 0;

  constructor(live: Live) {
    this.#live = live;
    live.addTopic("calls", (change) =>
      [...this.#calls.values()]
        .filter((kept) => kept.change > change && !kept.isHidden)
        .map(({ call }) => call),
    );
  }

  readonly hooks: Hooks = {
    callStart: (event) => {
      const { method, url, requestId, correlationId } = event;
      const call: WireCall = {
        id: ++this.#ids,
        method,
        path: new URL(url).pathname,
        url,
        requestId,
        correlationId,
        startedAt: new Date().toISOString(),
        times: 1,
        attempts: [],
        isDone: false,
      };
      const isHidden = method === "GET" && this.#lineBefore(call) !== undefined;
      // The same call again, as after a lost response, is another line.
      this.#calls.delete(keyOf(requestId, correlationId));
      const change = this.#live.next();
      this.#calls.set(keyOf(requestId, correlationId), { call, change, isHidden });
      const [oldest] = this.#calls.keys();
      if (this.#calls.size > mostCalls && oldest !== undefined) this.#calls.delete(oldest);
    },
    attemptStart: (event) => this.#note(event, event.attempt, {}),
    attemptEnd: (event) => {
      const { attempt, status, durationMs, headers, error } = event;
      const known = error instanceof Error ? error.message : undefined;
      const news = { status, durationMs: Math.round(durationMs), headers, error: known };
      this.#note(event, attempt, news);
    },
    wait: (event) => this.#note(event, event.attempt, { waitMs: Math.round(event.waitMs) }),
    callEnd: (event) => {
      this.#change(event, (call) => ({ ...call, isDone: true }));
      this.#join(keyOf(event.requestId, event.correlationId));
    },
  };

  /** Sends a request as `fetch` does, and keeps what it sends and receives. */
  readonly fetch: Fetch = async (url, init) => {
    const { authorization, ...headers } = init.headers;
    const { "ms-requestid": requestId = "", "ms-correlationid": correlationId = "" } = headers;
    const { pathname, search } = new URL(url);
    const event = { requestId, correlationId };
    this.#change(event, (call) => ({
      ...call,
      url,
      path: pathname + search,
      headers,
      body: init.body,
    }));
    const response = await fetch(url, init);
    const text = await response.text();
    // A response that repeats the token must not show it.
    const token = authorization?.replace(/^Bearer /, "");
    const shown = token ? text.replaceAll(token, "***") : text;
    const attempt = this.#calls.get(keyOf(requestId, correlationId))?.call.attempts.length ?? 1;
    this.#note(event, attempt, { body: shown.slice(0, longestBody) });
    const { ok, status, statusText } = response;
    return { ok, status, statusText, headers: response.headers, text: async () => text };
  };

  #note(event: Ids, number: number, news: Omit<WireAttempt, "attempt">): void {
    this.#change(event, (call) => {
      const before = call.attempts.find(({ attempt }) => attempt === number);
      const others = call.attempts.filter((attempt) => attempt !== before);
      return { ...call, attempts: [...others, { attempt: number, ...before, ...news }] };
    });
    const kept = this.#calls.get(keyOf(event.requestId, event.correlationId));
    // A read that fails or is repeated is a line that everyone should see.
    if (kept && (number > 1 || news.error !== undefined)) kept.isHidden = false;
  }

  #change({ requestId, correlationId }: Ids, edit: (call: WireCall) => WireCall): void {
    const kept = this.#calls.get(keyOf(requestId, correlationId));
    if (kept) Object.assign(kept, { call: edit(kept.call), change: this.#live.next() });
  }

  /** Returns the last line about the same address, if it is a read that succeeded at once. */
  #lineBefore({ id, path }: WireCall): Kept | undefined {
    const last = [...this.#calls.values()].findLast(
      ({ call, isHidden }) =>
        call.id !== id && !isHidden && call.method === "GET" && pathOf(call) === pathOf({ path }),
    );
    return last && isPlain(last.call) ? last : undefined;
  }

  /** Counts a poll with the same response on the line of the one before. */
  #join(key: string): void {
    const kept = this.#calls.get(key);
    if (!kept?.isHidden) return;
    kept.isHidden = false;
    const line = this.#lineBefore(kept.call);
    if (!line || !isPlain(kept.call) || bodyOf(kept.call) !== bodyOf(line.call)) return;
    this.#calls.delete(key);
    const { id, startedAt } = line.call;
    line.call = { ...kept.call, id, startedAt, times: line.call.times + 1 };
    line.change = this.#live.next();
  }
}

type Ids = Pick<CallEvent, "requestId" | "correlationId">;

function keyOf(requestId: string, correlationId: string): string {
  return `${requestId} ${correlationId}`;
}

function pathOf({ path }: { path: string }): string {
  return path.split("?", 1)[0] ?? path;
}

function bodyOf({ path, attempts }: WireCall): string {
  return `${path} ${attempts[0]?.body}`;
}

function isPlain({ attempts, isDone }: WireCall): boolean {
  return isDone && attempts.length === 1 && (attempts[0]?.status ?? 500) < 300;
}
