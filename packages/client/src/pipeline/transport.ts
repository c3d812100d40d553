import { ConnectionError, PartnerCenterError } from "../errors/errors.ts";
import { neverLeft, reasonOf } from "../errors/safe-cause.ts";
import { elapsed, type Runtime } from "../runtime.ts";
import { abortedError } from "./aborted.ts";
import type { Call, Next } from "./call.ts";
import { limited } from "./limited.ts";
import { readBody } from "./read-body.ts";
import { parseHttpDate } from "./retry-after.ts";

/** One attempt, as a transport gets it: a `RequestInit` of `fetch` whose members are all simple. */
export interface FetchInit {
  method: string;
  /** By names in lower case. */
  headers: Record<string, string>;
  body?: string;
  /** A redirect would send the token elsewhere. */
  redirect: "manual";
  signal: AbortSignal;
  /**
   * For transports that limit their connections. Call it synchronously when the request has to queue, and
   * call what it returns when the request begins: the time between counts against `totalTimeoutMs` alone.
   */
  onQueued?: () => () => void;
}

/** As much of a `Response` as the client reads. */
export interface FetchResponse {
  readonly ok: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly headers: {
    get(name: string): string | null;
    forEach(callback: (value: string, name: string) => void): void;
  };
  /** Read as a stream, web or Node, where its length is not known to be harmless. */
  readonly body?: unknown;
  text(): Promise<string>;
}

/**
 * What carries a request: `globalThis.fetch`, that of undici, node-fetch or cross-fetch, or the faster
 * one of `@partner-qualifications/client/node`.
 */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

export interface TransportOptions {
  fetch: Fetch;
  /** The time that one attempt may take, its body included. */
  timeoutMs: number;
  /** The time that the whole call may take, its waits included. */
  totalTimeoutMs: number;
  runtime: Runtime;
}

/** The last stage: one attempt, its answer's body read within its time. */
export function transportStage(options: TransportOptions): Next {
  const { fetch, runtime } = options;
  return (call) => {
    // Somebody may have aborted in a hook.
    if (call.signal?.aborted) throw abortedError(call);
    const left = () => Math.max(0, call.startedAt + options.totalTimeoutMs - elapsed(runtime));
    const begin = () => {
      call.queued = false;
      if (call.attempts++ === 0) call.sentAt = runtime.now();
      return Math.min(options.timeoutMs, left());
    };
    const controller = new AbortController();
    const attempt = async (limit: (ms: number) => void) => {
      const init = initOf(call, controller.signal);
      init.onQueued = () => {
        call.queued = true;
        call.attempts--;
        limit(left());
        return () => limit(begin());
      };
      // What throws at once has not even begun: a mistake in code, told as what it is.
      const answer = fetch(call.url, init);
      try {
        const response = (await answer) as Response;
        const date = parseHttpDate(response.headers.get("date"));
        if (date) call.clockAhead = date - runtime.now();
        // Only some transports leave a byte order mark out.
        call.text = (await readBody(response, call)).replace(/^\ufeff/, "");
        return response;
      } catch (cause) {
        // Sent, and not known to be refused.
        call.ambiguous ||= !call.queued && !neverLeft(cause);
        if (cause instanceof PartnerCenterError || isMistake(cause)) throw cause;
        const message = `No whole answer from ${new URL(call.url).origin}${reasonOf(cause)}`;
        throw new ConnectionError(message, call, { cause });
      }
    };
    return limited(call, begin(), "whole answer", attempt, (reason) => {
      call.ambiguous ||= !call.queued;
      controller.abort(reason);
    });
  };
}

/** Engines tell a mistake in code and a lost connection apart only by words. */
function isMistake(thrown: unknown): boolean {
  if (!(thrown instanceof Error) || thrown.cause !== undefined) return false;
  return (
    thrown instanceof ReferenceError ||
    (thrown instanceof TypeError &&
      /is not (a |an |defined|iterable)|of (undefined|null)|evaluating/.test(thrown.message))
  );
}

function initOf(call: Call, signal: AbortSignal): FetchInit {
  const { method, headers, body } = call;
  return {
    method,
    // Its own, since the next attempt may have another token.
    headers: { ...headers },
    // A redirection would carry the token to where nobody asked for it to go.
    redirect: "manual",
    signal,
    ...(body !== undefined && { body }),
  };
}
