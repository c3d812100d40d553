import type { CallEvent, Hooks } from "../hooks.ts";
import type { Answer, Call } from "./call.ts";

/** The sets of hooks of a client. */
export type HookSets = readonly (Hooks | undefined)[];

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

/** Returns a call's identifiers for a hook. */
function eventOf({ operation, method, url, requestId, correlationId }: Call): CallEvent {
  // The query may hold a validation code.
  const [address = ""] = url.split("?");
  return { operation, method, url: address, requestId, correlationId };
}

/** Calls one hook of each set with a call's identifiers and some facts. */
export function notifyOf(hooks: HookSets, name: keyof Hooks, call: Call, facts?: object) {
  for (const set of hooks) {
    const hook = set?.[name]?.bind(set) as ((event: object) => unknown) | undefined;
    void notify(name, hook, { ...eventOf(call), ...facts });
  }
}

/** Calls the caller's `onResponse`. */
export function reportResponse(call: Call, { response, text }: Answer): void {
  const { onResponse, state } = call;
  const { status, headers } = response;
  const facts = { status, headers, text, attempts: state.attempts };
  if (onResponse) void notify("onResponse", onResponse, { ...eventOf(call), ...facts });
}

/** Calls the hook for the wait before another attempt. */
export const observeWait = (hooks: HookSets) => (call: Call, waitMs: number) =>
  notifyOf(hooks, "wait", call, { attempt: call.state.attempts, waitMs });

/** Calls the hook for something that the client skipped, or that is deprecated. */
export const warn = (hooks: HookSets, call: Call, message: string) =>
  notifyOf(hooks, "warning", call, { message });
