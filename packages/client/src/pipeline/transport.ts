import { ConnectionError, PartnerCenterError } from "../errors/index.ts";
import type { Runtime } from "../runtime.ts";
import { abortedError } from "./aborted.ts";
import type { Call, Next } from "./call.ts";
import { limited } from "./limited.ts";
import { readBody } from "./read-body.ts";

/**
 * What carries a request. `globalThis.fetch` is one; `@partner-qualifications/client/node` has a
 * faster one.
 */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

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
    const now = runtime.now();
    if (call.attempts++ === 0) call.sentAt = now;
    const left = call.startedAt + options.totalTimeoutMs - now;
    const ms = Math.max(0, Math.min(options.timeoutMs, left));
    const controller = new AbortController();
    const attempt = async () => {
      try {
        const response = await fetch(call.url, initOf(call, controller.signal));
        call.text = await readBody(response, call);
        return response;
      } catch (cause) {
        if (cause instanceof PartnerCenterError) throw cause;
        const message = `No whole answer from ${new URL(call.url).origin}`;
        throw new ConnectionError(message, call, { cause });
      }
    };
    return limited(call, ms, "whole answer", attempt, (reason) => controller.abort(reason));
  };
}

function initOf(call: Call, signal: AbortSignal): RequestInit {
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
