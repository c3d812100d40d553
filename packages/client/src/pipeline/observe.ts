import { type CallEvent, type Hooks, shownHeaders } from "../hooks.ts";
import { elapsed, type Runtime } from "../runtime.ts";
import type { Answer, Call, Next } from "./call.ts";

/**
 * Calls a hook. If the hook fails, its error is logged to the console and nothing else changes.
 *
 * @returns A promise that never rejects, if the hook returns one.
 */
export function notify<Event>(
  name: string,
  hook: ((event: Event) => unknown) | undefined,
  event: Event,
): unknown {
  const failed = (error: unknown) => console.error(`The hook ${name} failed:`, error);
  try {
    const done = hook?.(event);
    // Most hooks return nothing, and a promise costs more than they do.
    return done && Promise.resolve(done).catch(failed);
  } catch (error) {
    return failed(error);
  }
}

/** Calls one of the hooks with a call's identifiers and some facts. */
function notifyOf(hooks: Hooks | undefined, name: keyof Hooks, call: Call, facts?: object) {
  const { operation, method, url, requestId, correlationId } = call;
  // The query may hold a validation code.
  const [address = ""] = url.split("?");
  const event: CallEvent = { operation, method, url: address, requestId, correlationId };
  void notify(name, hooks?.[name]?.bind(hooks) as ((event: object) => unknown) | undefined, {
    ...event,
    ...facts,
  });
}

/**
 * Calls the hooks before and after each call, or each attempt.
 *
 * @param what `call` or `attempt`.
 */
export function observe(
  what: "call" | "attempt",
  hooks: Hooks,
  runtime: Runtime,
  next: Next,
): Next {
  return async (call) => {
    const startedAt = elapsed(runtime);
    const attempt = call.state.attempts + 1;
    notifyOf(hooks, `${what}Start`, call, { attempt });
    let answer: Answer | undefined;
    let error: unknown;
    try {
      return (answer = await next(call));
    } catch (failure) {
      throw (error = failure);
    } finally {
      notifyOf(hooks, `${what}End`, call, {
        attempt,
        attempts: call.state.attempts,
        status: answer?.response.status,
        headers: answer ? shownHeaders(answer.response.headers) : {},
        durationMs: elapsed(runtime) - startedAt,
        error,
      });
    }
  };
}

/** Calls the hook for the wait before another attempt. */
export const observeWait = (hooks: Hooks) => (call: Call, waitMs: number) =>
  notifyOf(hooks, "wait", call, { attempt: call.state.attempts, waitMs });

/** Calls the hook for something that the client skipped. */
export const warn = (hooks: Hooks | undefined, call: Call, message: string) =>
  notifyOf(hooks, "warning", call, { message });
