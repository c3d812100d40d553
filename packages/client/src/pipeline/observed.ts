import { elapsed, type Runtime } from "../runtime.ts";
import type { Answer, Call, Next } from "./call.ts";
import { readHeaders, secretsIn } from "./headers.ts";
import { type HookSets, notify, notifyOf } from "./observe.ts";

/** Response headers that do not identify the caller. */
const shown =
  /^(content-(length|type)|date|deprecation|ismfacompliant|ms-(correlationid|cv|requestid|serverid)|request-context|retry-after|sunset)$/;

/** Returns the headers of a response that are safe to log. */
export function shownHeaders(headers: Headers): Record<string, string> {
  const result: Record<string, string> = {};
  headers.forEach((value, name) => {
    if (shown.test(name)) result[name] = value;
  });
  return result;
}

/** Lets the hooks add headers to an attempt. */
function startAttempt(hooks: HookSets, call: Call, attempt: number): void {
  const { state } = call;
  const headers = {};
  state.headers = {};
  notifyOf(hooks, "attemptStart", call, { attempt, headers });
  void notify("attemptStart", () => (state.headers = readHeaders(headers)), undefined);
  state.secrets.push(...secretsIn(state.headers));
}

/**
 * Calls the hooks before and after each call, or each attempt.
 *
 * @param what `call` or `attempt`.
 */
export function observe(
  what: "call" | "attempt",
  hooks: HookSets,
  runtime: Runtime,
  next: Next,
): Next {
  return async (call) => {
    const startedAt = elapsed(runtime);
    const attempt = call.state.attempts + 1;
    if (what === "call") notifyOf(hooks, "callStart", call);
    else startAttempt(hooks, call, attempt);
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
