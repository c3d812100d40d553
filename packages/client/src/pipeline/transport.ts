import { ConnectionError, PartnerCenterError } from "../errors/errors.ts";
import { neverLeft, reasonOf } from "../errors/safe-cause.ts";
import type { ResponseHeaders } from "../hooks.ts";
import { elapsed, type Runtime } from "../runtime.ts";
import type { Call, Next } from "./call.ts";
import { abortedError, factsOf, limited } from "./limited.ts";
import { readBody } from "./read-body.ts";
import { parseHttpDate } from "./retry-after.ts";

/** One attempt, as a transport receives it: a `RequestInit` of `fetch` with plain members. */
export interface FetchInit {
  method: string;
  /** By lower-case names. */
  headers: Record<string, string>;
  body?: string;
  /** Following a redirect would send the token to another server. */
  redirect: "manual";
  signal: AbortSignal;
  /**
   * For transports that limit their connections. Call it synchronously if the request has to queue, and call
   * the function that it returns when the request starts. The time between counts only towards
   * `totalTimeoutMs`.
   */
  onQueued?: () => () => void;
}

/** The members of a `Response` that the client reads. */
export interface FetchResponse {
  readonly ok: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly headers: ResponseHeaders;
  /** A web or Node stream, which the client reads if the length is unknown or above its limit. */
  readonly body?: unknown;
  text(): Promise<string>;
}

/**
 * Sends a request: `globalThis.fetch`, that of undici, node-fetch or cross-fetch, or the faster one of
 * `@partner-qualifications/client/node`.
 */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

export interface TransportOptions {
  fetch: Fetch;
  /** The limit of one attempt including its body, in milliseconds. */
  timeoutMs: number;
  runtime: Runtime;
}

/** The last stage: makes one attempt and reads the body of its response, within `timeoutMs`. */
export function transportStage({ fetch, timeoutMs, runtime }: TransportOptions): Next {
  return (call) => {
    const { signal, state } = call;
    // A hook may have aborted the call.
    if (signal?.aborted) throw abortedError(call);
    const left = () => Math.max(0, state.deadline - elapsed(runtime));
    const begin = () => {
      state.queued = false;
      if (state.attempts++ === 0) state.sentAt = runtime.now();
      return Math.min(timeoutMs, left());
    };
    const controller = new AbortController();
    const attempt = async (limit: (ms: number) => void) => {
      const init = initOf(call, controller.signal);
      init.onQueued = () => {
        state.queued = true;
        state.attempts--;
        limit(left());
        return () => limit(begin());
      };
      // A synchronous throw is a mistake in code: it stays as it is.
      const promise = fetch(call.url, init);
      try {
        const response = (await promise) as Response;
        const date = parseHttpDate(response.headers.get("date"));
        if (date) state.clockAhead = date - runtime.now();
        const text = await readBody(response, call);
        // Only some transports remove the byte order mark.
        return { response, text: text.startsWith("\ufeff") ? text.slice(1) : text };
      } catch (cause) {
        state.ambiguous ||= !state.queued && !neverLeft(cause);
        if (cause instanceof PartnerCenterError || isMistake(cause)) throw cause;
        const message = `No complete response from ${new URL(call.url).origin}${reasonOf(cause)}`;
        throw new ConnectionError(message, factsOf(call), { cause });
      }
    };
    return limited(call, begin(), "complete response", attempt, (reason) => {
      state.ambiguous ||= !state.queued;
      controller.abort(reason);
    });
  };
}

/** Engines distinguish a mistake in code from a lost connection only by the message. */
function isMistake(thrown: unknown): boolean {
  return (
    thrown instanceof Error &&
    thrown.cause === undefined &&
    (thrown instanceof ReferenceError ||
      (thrown instanceof TypeError &&
        /is not (a |an |defined|iterable)|of (undefined|null)|evaluating/.test(thrown.message)))
  );
}

function initOf({ method, headers, body, state }: Call, signal: AbortSignal): FetchInit {
  return {
    method,
    headers: {
      ...headers,
      ...state.headers,
      ...(state.token !== undefined && { authorization: `Bearer ${state.token}` }),
    },
    redirect: "manual",
    signal,
    ...(body !== undefined && { body }),
  };
}
