import { CredentialError } from "../errors/credential-error.ts";
import { stopped } from "../errors/stopped.ts";
import type { PartnerCenterToken, TokenRequestOptions } from "./partner-center-credential.ts";
import { pause, withinTime } from "./within-time.ts";
import { Renewal } from "./renewal.ts";

/** A token from the token endpoint. */
export interface Grant {
  token: string;
  /** Lifetime of the token from now. */
  lifeMs: number;
  /** When Entra wants the token renewed, from now. */
  refreshInMs?: number | undefined;
}

/** One attempt to obtain a token. */
export type Exchange = (signal: AbortSignal) => Promise<Grant>;

interface Kept {
  token: string;
  /** By this machine's wall clock, which may be set. */
  expiresOnTimestamp: number;
  refreshAfterTimestamp: number;
  /** By the monotonic clock, which may stop while the machine sleeps. */
  expiresAt: number;
  refreshAt: number;
}

/** A token with less time left may expire in transit, so callers wait briefly for its renewal. */
const lastMs = 60_000;
const momentMs = 5_000;
/** Maximum `Retry-After` to honor: a wrong one must not block a credential for days. */
const longestRestMs = 5 * 60_000;
const firstBackOffMs = 500;
const longestBackOffMs = 8_000;
/** Time of one attempt on a busy machine with a slow network. */
const shortestAttemptMs = 5_000;

/**
 * Caches the token of one scope for all clients of a credential. At most one renewal runs at a time. It
 * retries while callers without another token wait. A valid token stays in use during a background
 * renewal, and after one fails.
 */
export class TokenKeeper {
  readonly #exchange: Exchange;
  readonly #timeoutMs: number;
  readonly #tooLate: (signal: AbortSignal) => CredentialError;
  #kept: Kept | undefined;
  #renewal: Renewal | undefined;
  /** Consecutive background failures, and the time of the next attempt. */
  #failures = 0;
  #restsUntil = 0;
  /** The end of Entra's `Retry-After`, and the error until then. */
  #closed: { until: number; failure: CredentialError } | undefined;

  /** @param place What timed out, when the exchange cannot say. */
  constructor(exchange: Exchange, timeoutMs: number, place: string) {
    this.#exchange = exchange;
    this.#timeoutMs = timeoutMs;
    this.#tooLate = (signal) => stopped(signal, `${place} did not respond`);
  }

  /** @throws {CredentialError} */
  async get(request: TokenRequestOptions): Promise<PartnerCenterToken> {
    const kept = this.#kept;
    const isForced = request.forceRefresh === true || request.claims !== undefined;
    if (!kept || isForced || surelyLeft(kept) <= 0) {
      return this.#wait(request).catch((error: unknown) => {
        // The clocks disagree whether it has expired. Let the service decide.
        const mayBeGood = kept && !isForced && perhapsLeft(kept) > 0;
        if (!mayBeGood || !(error as CredentialError).retryable) throw error;
        return answer(kept);
      });
    }
    if (Date.now() < kept.refreshAfterTimestamp && performance.now() < kept.refreshAt) {
      return answer(kept);
    }
    const renewal = this.#renewInBackground();
    if (!renewal || surelyLeft(kept) > lastMs) return answer(kept);
    const over = new AbortController();
    return Promise.race([renewal.result, pause(Math.min(momentMs, surelyLeft(kept)), over.signal)])
      .then((renewed) => renewed ?? answer(kept))
      .catch(() => answer(kept))
      .finally(() => over.abort());
  }

  #wait(request: TokenRequestOptions): Promise<PartnerCenterToken> {
    const until = performance.now() + this.#timeoutMs;
    let renewal: Renewal | undefined;
    return withinTime(
      request,
      this.#timeoutMs,
      (signal) => {
        renewal = this.#running() ?? this.#start();
        return renewal.join(signal, until);
      },
      (signal) => renewal?.whyEnded(signal) ?? this.#tooLate(signal),
    );
  }

  #renewInBackground(): Renewal | undefined {
    const running = this.#running();
    if (running) return running;
    const restsUntil = Math.max(this.#restsUntil, this.#closed?.until ?? 0);
    return performance.now() < restsUntil ? undefined : this.#start();
  }

  /** Returns the renewal to join: not one that all callers have left and that is ending. */
  #running(): Renewal | undefined {
    return this.#renewal?.signal.aborted ? undefined : this.#renewal;
  }

  #start(): Renewal {
    const renewal = new Renewal((self) => this.#renew(self));
    this.#renewal = renewal;
    const forget = () => {
      if (this.#renewal === renewal) this.#renewal = undefined;
    };
    // Prevents an unhandled rejection after a failure in the background.
    renewal.result.then(forget, forget);
    return renewal;
  }

  async #renew(renewal: Renewal): Promise<PartnerCenterToken> {
    const closedMs = (this.#closed?.until ?? 0) - performance.now();
    if (this.#closed && closedMs > 0) await renewal.pause(closedMs, this.#closed.failure);
    for (let attempts = 1; ; attempts++) {
      try {
        return this.#keep(await this.#attempt(renewal.signal));
      } catch (thrown) {
        const failure = thrown as CredentialError;
        const backOffMs = Math.min(firstBackOffMs * 2 ** (attempts - 1), longestBackOffMs);
        const retryAfterMs = Math.min(failure.retryAfterMs ?? 0, longestRestMs);
        const now = performance.now();
        if (retryAfterMs > 0) this.#closed = { until: now + retryAfterMs, failure };
        if (!renewal.signal.aborted) {
          this.#restsUntil = now + Math.min(firstBackOffMs * 2 ** this.#failures++, lastMs / 2);
        }
        if (renewal.signal.aborted) throw renewal.whyEnded(renewal.signal) ?? failure;
        if (!failure.retryable) throw failure;
        // More than requested, so that many processes don't return at once.
        const jitterMs = (Math.random() * backOffMs) / 2;
        await renewal.pause(Math.max(backOffMs, retryAfterMs) + jitterMs, failure);
      }
    }
  }

  #attempt(signal: AbortSignal): Promise<Grant> {
    // Leave time for another attempt if this one hangs.
    const isLong = this.#timeoutMs >= 2 * shortestAttemptMs;
    const timeoutMs = isLong ? this.#timeoutMs / 2 : this.#timeoutMs;
    return withinTime({ signal }, timeoutMs, this.#exchange, this.#tooLate);
  }

  #keep({ token, lifeMs, refreshInMs }: Grant): PartnerCenterToken {
    // Entra's own `refresh_in` is half the lifetime, which leaves time for a long outage.
    const early = refreshInMs ?? lifeMs / 2;
    const [now, elapsed] = [Date.now(), performance.now()];
    this.#kept = {
      token,
      expiresOnTimestamp: now + lifeMs,
      refreshAfterTimestamp: now + early,
      expiresAt: elapsed + lifeMs,
      refreshAt: elapsed + early,
    };
    this.#failures = 0;
    this.#restsUntil = 0;
    this.#closed = undefined;
    return answer(this.#kept);
  }
}

/** By both clocks: one may have been set, the other may have stopped during sleep. */
function surelyLeft({ expiresOnTimestamp, expiresAt }: Kept): number {
  return Math.min(expiresOnTimestamp - Date.now(), expiresAt - performance.now());
}

function perhapsLeft({ expiresOnTimestamp, expiresAt }: Kept): number {
  return Math.max(expiresOnTimestamp - Date.now(), expiresAt - performance.now());
}

/** Returns the token with its times by this machine's current clock. */
function answer(kept: Kept): PartnerCenterToken {
  const ahead = Math.round(Date.now() - performance.now());
  return {
    token: kept.token,
    expiresOnTimestamp: Math.min(kept.expiresOnTimestamp, Math.round(kept.expiresAt) + ahead),
    refreshAfterTimestamp: Math.min(kept.refreshAfterTimestamp, Math.round(kept.refreshAt) + ahead),
  };
}
