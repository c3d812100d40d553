import { type CallEvent, type Hooks, shownHeaders } from "../hooks.ts";
import { elapsed, type Runtime } from "../runtime.ts";
import type { Call, Next } from "./call.ts";

/**
 * Tells a hook. It observes: when it fails, that is written to the console and changes nothing.
 *
 * @returns For a hook that returns a promise, one that never rejects.
 */
export function tell<Event>(
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
  const tellOf = (when: "Start" | "End", event: object) =>
    tell(
      `${what}${when}`,
      hooks[`${what}${when}`]?.bind(hooks) as ((event: never) => unknown) | undefined,
      event as never,
    );
  return async (call) => {
    const startedAt = elapsed(runtime);
    const event = { ...eventOf(call), attempt: call.attempts + 1 };
    void tellOf("Start", event);
    let response: Response | undefined;
    let error: unknown;
    try {
      response = await next(call);
      return response;
    } catch (failure) {
      error = failure;
      throw failure;
    } finally {
      void tellOf("End", {
        ...event,
        attempts: call.attempts,
        status: response?.status,
        headers: response ? shownHeaders(response.headers) : {},
        durationMs: elapsed(runtime) - startedAt,
        error,
      });
    }
  };
}

/** Tells the hooks that another attempt waits. */
export function observeWait(hooks: Hooks) {
  return (call: Call, waitMs: number) =>
    void tell("wait", hooks.wait?.bind(hooks), {
      ...eventOf(call),
      attempt: call.attempts,
      waitMs,
    });
}

function eventOf({ operation, method, url, requestId, correlationId }: Call): CallEvent {
  // A validation code in the query is nobody else's business.
  const [address = ""] = url.split("?");
  return { operation, method, url: address, requestId, correlationId };
}

/** Tells the hooks that something was passed over. */
export function warn(hooks: Hooks | undefined, call: Call, message: string): void {
  void tell("warning", hooks?.warning?.bind(hooks), { ...eventOf(call), message });
}
