import { ConnectionError, TimeoutError } from "../errors/index.ts";
import { longestTimer, type Runtime } from "../runtime.ts";
import { abortedError } from "./aborted.ts";
import type { Call, Operation, Stage } from "./call.ts";
import { readRetryAfter } from "./retry-after.ts";

export interface RetryOptions {
  /**
   * How often one call is sent at most; lowers the contract's number, never raises it.
   *
   * @default what the contract has for the operation (`x-retry`)
   */
  maxAttempts?: number | undefined;
  /**
   * The longest `Retry-After` that is waited for, in milliseconds. Beyond it the call fails at once,
   * with the wait that was wanted in the error's `retryAfterMs`: it is never shortened in silence.
   *
   * @default 60_000
   */
  maxRetryAfterMs?: number | undefined;
}

export interface RetryStageOptions extends RetryOptions {
  runtime: Runtime;
  totalTimeoutMs: number;
  onWait: ((call: Call, waitMs: number) => void | Promise<void>) | undefined;
}

/**
 * Sends again what the contract says may be sent again (`x-retry`): some statuses, and no answer at
 * all. A Retry-After wins; otherwise the waits grow exponentially, with full jitter.
 */
export function retryStage({
  runtime,
  maxAttempts = Number.POSITIVE_INFINITY,
  maxRetryAfterMs = 60_000,
  totalTimeoutMs,
  onWait,
}: RetryStageOptions): Stage {
  return async (call, next) => {
    const rules = call.rules?.retry;
    const most = Math.min(maxAttempts, rules?.maxAttempts ?? 1);
    for (;;) {
      let response: Response | undefined;
      let failure: unknown;
      try {
        response = await next(call);
        if (!rules || !isRetried(rules, response.status)) return response;
        // The service may have done its work before it failed.
        if (response.status !== 429) call.ambiguous = true;
      } catch (error) {
        // Sent, and not known to be refused.
        call.ambiguous = true;
        const lost = error instanceof ConnectionError || error instanceof TimeoutError;
        if (!lost || !rules?.noAnswer) throw error;
        failure = error;
      }

      const wanted = response && readRetryAfter(response.headers, runtime.now());
      const wait = wanted ?? backOff(rules, call.attempts, runtime.random());
      const left = call.startedAt + totalTimeoutMs - runtime.now();
      const tooLong = wanted !== undefined && wanted > maxRetryAfterMs;
      if (call.attempts >= most || tooLong || wait >= left || wait > longestTimer) {
        if (response) return response;
        throw failure;
      }
      await onWait?.(call, wait);
      await runtime.sleep(wait, call.signal).catch(() => {
        throw abortedError(call);
      });
    }
  };
}

function isRetried(rules: Operation["retry"], status: number): boolean {
  return (rules.statuses as readonly number[]).includes(status);
}

/** Full jitter: anything from nothing to the whole of the growing wait. */
function backOff(rules: Operation["retry"], attempts: number, random: number): number {
  return Math.min(rules.maxMs, rules.initialMs * rules.factor ** (attempts - 1)) * random;
}
