import { ConnectionError, PartnerCenterError, TimeoutError } from "../errors/errors.ts";
import { isCertificateError } from "../errors/safe-cause.ts";
import { elapsed, longestTimer, type Runtime } from "../runtime.ts";
import type { Answer, Call, Stage } from "./call.ts";
import { abortedError } from "./limited.ts";
import { readRetryAfter } from "./retry-after.ts";
import type { Throttle } from "./throttle.ts";

export interface RetryOptions {
  /**
   * The most attempts of one call. It can only lower the contract's number.
   *
   * @default the operation's number in the contract (`x-retry`)
   */
  maxAttempts?: number | undefined;
  /**
   * The longest `Retry-After` that the client waits for, in milliseconds. Above it the call fails at once with
   * the full wait in the error's `retryAfterMs`. The client never shortens the wait.
   *
   * @default 60_000
   */
  maxRetryAfterMs?: number | undefined;
}

export interface RetryStageOptions extends RetryOptions {
  runtime: Runtime;
  throttle: Throttle;
  onWait: (call: Call, waitMs: number) => void;
}

/**
 * Retries what the contract allows (`x-retry`): some statuses, and a lost response. Waits for the longer of
 * Retry-After, plus up to a tenth, and an exponential back-off with full jitter. A 429 holds back every call
 * of its customer, or of the partner.
 */
export function retryStage({
  runtime,
  throttle,
  maxAttempts = Infinity,
  maxRetryAfterMs = 60_000,
  onWait,
}: RetryStageOptions): Stage {
  return async (call, next) => {
    const { state } = call;
    const rules = call.rules?.retry;
    for (;;) {
      const gates = throttle.closed();
      const leave = gates && (await gates.enter(call, state.deadline - elapsed(runtime)));
      let answer: Answer | undefined;
      let failure: unknown;
      try {
        answer = await next(call);
        if (!(rules?.statuses as readonly number[] | undefined)?.includes(answer.response.status))
          return answer;
      } catch (error) {
        const lost = error instanceof ConnectionError || error instanceof TimeoutError;
        if (
          !lost ||
          !rules?.noAnswer ||
          isCertificateError((error as PartnerCenterError).original)
        ) {
          throw error;
        }
        failure = error;
      } finally {
        leave?.(answer !== undefined && answer.response.status !== 429);
      }

      const isThrottled = answer?.response.status === 429;
      // The service may have done the work before it failed.
      if (answer && !isThrottled) state.ambiguous = true;
      const { maxMs, initialMs, factor } = rules!;
      const wanted = answer && readRetryAfter(answer.response.headers, runtime.now());
      const random = runtime.random();
      const wait = Math.max(
        Math.min(maxMs, initialMs * factor ** (state.attempts - 1)) * random,
        (wanted ?? 0) * (1 + random / 10),
      );
      const before = elapsed(runtime);
      const tooLong = (wanted ?? 0) > maxRetryAfterMs;
      // If the wait is too long for this call, it is for the others too.
      const isHeld = isThrottled && !tooLong && (await throttle.close(call, wait));
      if (
        state.attempts >= Math.min(maxAttempts, rules!.maxAttempts) ||
        tooLong ||
        wait >= state.deadline - before ||
        wait > longestTimer
      ) {
        if (answer) return answer;
        throw failure;
      }
      onWait(call, wait);
      if (isHeld) continue;
      await runtime.sleep(wait, call.signal).catch(() => {
        throw abortedError(call);
      });
      // Time that the machine was asleep does not count.
      state.deadline += Math.max(0, elapsed(runtime) - before - wait);
    }
  };
}
