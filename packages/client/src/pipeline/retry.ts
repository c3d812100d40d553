import { ConnectionError, PartnerCenterError, TimeoutError } from "../errors/errors.ts";
import { isCertificateError } from "../errors/safe-cause.ts";
import { elapsed, longestTimer, type Runtime } from "../runtime.ts";
import { abortedError } from "./aborted.ts";
import type { Call, Operation, Stage } from "./call.ts";
import type { Gates } from "./gate.ts";
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
  gates: Gates;
  totalTimeoutMs: number;
  onWait: ((call: Call, waitMs: number) => void) | undefined;
}

/**
 * Sends again what the contract says may be sent again (`x-retry`): some statuses, and no answer at
 * all. Waits for the longer of Retry-After, with up to a tenth more, and an exponential back-off with full
 * jitter. A 429 holds back all calls of its customer, or of the partner.
 */
export function retryStage({
  runtime,
  gates,
  maxAttempts = Number.POSITIVE_INFINITY,
  maxRetryAfterMs = 60_000,
  totalTimeoutMs,
  onWait,
}: RetryStageOptions): Stage {
  return async (call, next) => {
    const rules = call.rules?.retry;
    const most = Math.min(maxAttempts, rules?.maxAttempts ?? 1);
    for (;;) {
      const leave = gates.areOpen
        ? undefined
        : await gates.enter(call, call.startedAt + totalTimeoutMs - elapsed(runtime));
      let response: Response | undefined;
      let failure: unknown;
      try {
        response = await next(call);
        if (!rules || !isRetried(rules, response.status)) return response;
        // The service may have done its work before it failed.
        if (response.status !== 429) call.ambiguous = true;
      } catch (error) {
        const thrown = error instanceof PartnerCenterError ? error.original : undefined;
        const lost = error instanceof ConnectionError || error instanceof TimeoutError;
        if (!lost || !rules?.noAnswer || isCertificateError(thrown)) throw error;
        failure = error;
      } finally {
        leave?.(response !== undefined && response.status !== 429);
      }

      const wanted = response && readRetryAfter(response.headers, runtime.now());
      const random = runtime.random();
      const wait = Math.max(
        backOff(rules, call.attempts, random),
        (wanted ?? 0) * (1 + random / 10),
      );
      const before = elapsed(runtime);
      const left = call.startedAt + totalTimeoutMs - before;
      const tooLong = wanted !== undefined && wanted > maxRetryAfterMs;
      const throttled = response?.status === 429;
      // What is too long to wait for is not waited for by others either.
      if (throttled && !tooLong) gates.close(call, wait);
      if (call.attempts >= most || tooLong || wait >= left || wait > longestTimer) {
        if (response) return response;
        throw failure;
      }
      onWait?.(call, wait);
      if (throttled) continue;
      await runtime.sleep(wait, call.signal).catch(() => {
        throw abortedError(call);
      });
      // A machine that slept meanwhile has used no time for this call.
      call.startedAt += Math.max(0, elapsed(runtime) - before - wait);
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
