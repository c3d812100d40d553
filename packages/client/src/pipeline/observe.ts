import { type CallEvent, type Hooks, shownHeaders } from "../hooks.ts";
import type { Runtime } from "../runtime.ts";
import type { Call, Next } from "./call.ts";

/**
 * Tells the hooks of a whole call, or of each attempt, before and after.
 *
 * @param what `call` or `attempt`.
 */
export function observe(
  what: "call" | "attempt",
  hooks: Hooks,
  runtime: Runtime,
  next: Next,
): Next {
  // One event has the members of all of them.
  const tell = (when: "Start" | "End", event: object) => hooks[`${what}${when}`]?.(event as never);
  return async (call) => {
    const startedAt = runtime.now();
    const event = { ...eventOf(call), attempt: call.attempts + 1 };
    await tell("Start", event);
    let response: Response | undefined;
    let error: unknown;
    try {
      response = await next(call);
      return response;
    } catch (failure) {
      error = failure;
      throw failure;
    } finally {
      await tell("End", {
        ...event,
        attempts: call.attempts,
        status: response?.status,
        headers: response ? shownHeaders(response.headers) : {},
        durationMs: runtime.now() - startedAt,
        error,
      });
    }
  };
}

/** Tells the hooks that another attempt waits. */
export function observeWait(hooks: Hooks) {
  return (call: Call, waitMs: number) =>
    hooks.wait?.({ ...eventOf(call), attempt: call.attempts, waitMs });
}

function eventOf({ operation, method, url, requestId, correlationId }: Call): CallEvent {
  // A validation code in the query is nobody else's business.
  const [address = ""] = url.split("?");
  return { operation, method, url: address, requestId, correlationId };
}
