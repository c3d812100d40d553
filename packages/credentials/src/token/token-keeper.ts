import { CredentialError } from "../errors/credential-error.ts";
import { stopped } from "../errors/stopped.ts";
import type { PartnerCenterToken, TokenRequestOptions } from "./partner-center-credential.ts";
import { pause, withinTime } from "./within-time.ts";
import { Renewal } from "./renewal.ts";

/** What the token endpoint granted. */
export interface Grant {
  token: string;
  /** How long the token lives, from now. */
  lifeMs: number;
  /** After which part of it Entra wants it renewed. */
  refreshInMs?: number | undefined;
}

/** One attempt to obtain a token. */
export type Exchange = (signal: AbortSignal) => Promise<Grant>;

interface Kept {
  token: string;
  /** By this machine's clock, which somebody may set. */
  expiresOnTimestamp: number;
  refreshAfterTimestamp: number;
  /** By the clock that nobody sets, and that may stand still while the machine sleeps. */
  expiresAt: number;
  refreshAt: number;
}

/** A token with less than this may expire on its way, so a renewal is waited for, for a moment. */
const lastMs = 60_000;
const momentMs = 5_000;
/** A `Retry-After` is honored up to this: a wrong one must not close a credential for days. */
const longestRestMs = 5 * 60_000;
const firstBackOffMs = 500;
const longestBackOffMs = 8_000;
/** What a busy machine and a slow network may need for one. */
const shortestAttemptMs = 5_000;

/**
 * Keeps the token of one scope for every client of a credential. There is one renewal at a time,
 * however many wait for it; it retries while somebody waits who has no other token. A token that
 * still lives is used while its renewal goes on in the background, and when that fails.
 */
export class TokenKeeper {
  readonly #exchange: Exchange;
  readonly #timeoutMs: number;
  readonly #tooLate: (signal: AbortSignal) => CredentialError;
  #kept: Kept | undefined;
  #renewal: Renewal | undefined;
  /** How often in a row it failed in the background, and until when it is not tried there again. */
  #failures = 0;
  #restsUntil = 0;
  /** Until when Entra does not want to hear anything. */
  #closed: { until: number; failure: CredentialError } | undefined;

  /** @param place What took too long, where the exchange itself cannot say. */
  constructor(exchange: Exchange, timeoutMs: number, place: string) {
    this.#exchange = exchange;
    this.#timeoutMs = timeoutMs;
    this.#tooLate = (signal) => stopped(signal, `${place} did not answer`);
  }

  /** @throws {CredentialError} */
  async get(request: TokenRequestOptions): Promise<PartnerCenterToken> {
    const kept = this.#kept;
    const isForced = request.forceRefresh === true || request.claims !== undefined;
    if (!kept || isForced || surelyLeft(kept) <= 0) {
      return this.#wait(request).catch((error: unknown) => {
        // The clocks disagree whether it has expired. Nothing is lost when the service decides.
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

  /** The renewal that can be joined: not one that everybody has left, and that is only ending. */
  #running(): Renewal | undefined {
    return this.#renewal?.signal.aborted ? undefined : this.#renewal;
  }

  #start(): Renewal {
    const renewal = new Renewal((self) => this.#renew(self));
    this.#renewal = renewal;
    const forget = () => {
      if (this.#renewal === renewal) this.#renewal = undefined;
    };
    // Also so that a failure in the background is nobody's unhandled rejection.
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
        // Above what was asked for, so that many processes do not come back at once.
        const jitterMs = (Math.random() * backOffMs) / 2;
        await renewal.pause(Math.max(backOffMs, retryAfterMs) + jitterMs, failure);
      }
    }
  }

  #attempt(signal: AbortSignal): Promise<Grant> {
    // So that another attempt finds time when this one hangs.
    const isLong = this.#timeoutMs >= 2 * shortestAttemptMs;
    const timeoutMs = isLong ? this.#timeoutMs / 2 : this.#timeoutMs;
    return withinTime({ signal }, timeoutMs, this.#exchange, this.#tooLate);
  }

  #keep({ token, lifeMs, refreshInMs }: Grant): PartnerCenterToken {
    // Half its life is what Entra's `refresh_in` says, where it says something: time for a long outage.
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

/** By both clocks: one may have been set, the other may have slept. */
function surelyLeft({ expiresOnTimestamp, expiresAt }: Kept): number {
  return Math.min(expiresOnTimestamp - Date.now(), expiresAt - performance.now());
}

function perhapsLeft({ expiresOnTimestamp, expiresAt }: Kept): number {
  return Math.max(expiresOnTimestamp - Date.now(), expiresAt - performance.now());
}

/** With its times by this machine's clock as it is now. */
function answer(kept: Kept): PartnerCenterToken {
  const ahead = Math.round(Date.now() - performance.now());
  return {
    token: kept.token,
    expiresOnTimestamp: Math.min(kept.expiresOnTimestamp, Math.round(kept.expiresAt) + ahead),
    refreshAfterTimestamp: Math.min(kept.refreshAfterTimestamp, Math.round(kept.refreshAt) + ahead),
  };
}
