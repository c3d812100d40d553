import { type CallEvent, type Hooks, shownHeaders } from "../hooks.ts";
import type { Runtime } from "../runtime.ts";
import type { Call, Next, Stage } from "./call.ts";

/** Tells the hooks of a whole call. */
export function observeCall(hooks: Hooks, runtime: Runtime): Stage {
  return async (call, next) => {
    await hooks.callStart?.(eventOf(call));
    let status: number | undefined;
    let error: unknown;
    try {
      const response = await next(call);
      status = response.status;
      return response;
    } catch (failure) {
      error = failure;
      throw failure;
    } finally {
      const durationMs = runtime.now() - call.startedAt;
      const { attempts } = call;
      await hooks.callEnd?.({ ...eventOf(call), status, attempts, durationMs, error });
    }
  };
}

/** Tells the hooks of each attempt. */
export function observeAttempt(hooks: Hooks, runtime: Runtime, transport: Next): Next {
  return async (call) => {
    const event = { ...eventOf(call), attempt: call.attempts + 1 };
    await hooks.attemptStart?.(event);
    const startedAt = runtime.now();
    let response: Response | undefined;
    let error: unknown;
    try {
      response = await transport(call);
      return response;
    } catch (failure) {
      error = failure;
      throw failure;
    } finally {
      const headers = response ? shownHeaders(response.headers) : {};
      const durationMs = runtime.now() - startedAt;
      const status = response?.status;
      await hooks.attemptEnd?.({ ...event, status, headers, durationMs, error });
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
  return { operation: operation?.id, method, url: address, requestId, correlationId };
}
