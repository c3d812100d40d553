import { AuthenticationError, InvalidRequestError } from "../errors/errors.ts";
import { safeCause } from "../errors/safe-cause.ts";
import { elapsed, type Runtime } from "../runtime.ts";
import type { AccessToken, Credential, TokenRequest } from "./credential.ts";

/** A token is renewed in the background this long before it expires, and used meanwhile. */
const earlyMs = 60_000;
/** A token with less time left is not sent: it might expire on its way. */
const lastMs = 5000;
/** After this long a credential is told to stop, and asked again by new callers. */
const patienceMs = 60_000;
/** The pause after a renewal that failed in the background. */
const pauseMs = 30_000;

/**
 * Asks a credential for tokens: keeps them as long as they are good, and asks once for however many
 * callers are waiting.
 */
export class TokenSource {
  readonly #credential: Exclude<Credential, "none">;
  readonly #scope: string;
  readonly #runtime: Runtime;
  #kept: { token: string; until: number; renewAt: number } | undefined;
  #asking: { token: Promise<string>; until: number } | undefined;
  #renewal: { refused: string; token: Promise<string>; until: number } | undefined;

  constructor(credential: Exclude<Credential, "none">, scope: string, runtime: Runtime) {
    this.#credential = credential;
    this.#scope = scope;
    this.#runtime = runtime;
  }

  /**
   * @throws {AuthenticationError} When the credential fails.
   * @throws {InvalidRequestError} When it gives none.
   */
  get(): string | Promise<string> {
    const credential = this.#credential;
    // A function may decide by who is calling, so its answers are not shared.
    if (typeof credential === "function") return this.#ask(false);
    const kept = this.#kept;
    const now = this.#runtime.now();
    if (!kept || now >= kept.until) return this.#shared();
    if (now >= kept.renewAt) {
      kept.renewAt = now + pauseMs;
      // The old token is used as long as it is valid, whatever becomes of this.
      this.#shared().catch(() => {});
    }
    return kept.token;
  }

  /** Asks once for all who wait at the same time. */
  #shared(): Promise<string> {
    const now = elapsed(this.#runtime);
    if (this.#asking && now < this.#asking.until) return this.#asking.token;
    const token = new Promise<string>((resolve) => {
      resolve(this.#ask(false));
    });
    const asking = { token, until: now + patienceMs };
    const forget = () => {
      if (this.#asking === asking) this.#asking = undefined;
    };
    token.then(forget, forget);
    this.#asking = asking;
    return token;
  }

  /**
   * A token in place of one that was refused. All who were refused the same token get the same answer,
   * also those who come a little later.
   *
   * @throws {AuthenticationError} When the credential has no other.
   */
  renew(refused: string): string | Promise<string> {
    const now = elapsed(this.#runtime);
    if (this.#kept?.token === refused) this.#kept = undefined;
    if (this.#kept) return this.#kept.token;
    if (this.#renewal?.refused === refused && now < this.#renewal.until) return this.#renewal.token;
    const token = this.#renew(refused);
    const renewal = { refused, token, until: now + patienceMs };
    this.#renewal = renewal;
    // The next caller may have better luck.
    token.catch(() => {
      if (this.#renewal === renewal) this.#renewal = undefined;
    });
    return token;
  }

  async #renew(refused: string): Promise<string> {
    const token = await this.#ask(true);
    if (token !== refused) return token;
    throw new AuthenticationError("The credential gave the refused token again");
  }

  /** Without a promise where the credential gives its token at once: that is most of the cost. */
  #ask(forceRefresh: boolean): string | Promise<string> {
    const credential = this.#credential;
    const request = new Asking(forceRefresh);
    try {
      const answer =
        typeof credential === "function"
          ? credential(request)
          : credential.getToken(this.#scope, request);
      if (typeof answer === "string") return this.#accept(answer);
      return Promise.resolve(answer).then((given) => this.#accept(given), fail);
    } catch (cause) {
      return fail(cause);
    }
  }

  #accept(answer: string | AccessToken | null): string {
    const { token, expiresOnTimestamp, refreshAfterTimestamp } =
      typeof answer === "string" ? { token: answer } : (answer ?? ({} as Partial<AccessToken>));
    if (typeof token !== "string" || !/^[\x21-\x7e]+$/.test(token)) {
      throw new InvalidRequestError("credential", "must give a token");
    }
    // A function's is for one call alone. And an answer that was under way while its token was
    // refused must not bring it back.
    const isKept = typeof this.#credential !== "function" && token !== this.#renewal?.refused;
    if (isKept && expiresOnTimestamp != null) {
      // No token ended before 1973; a number that small counts seconds.
      const expires = expiresOnTimestamp * (expiresOnTimestamp < 1e11 ? 1000 : 1);
      if (!(expires >= 0)) {
        throw new InvalidRequestError("credential", "must give expiresOnTimestamp in milliseconds");
      }
      this.#kept = {
        token,
        until: expires - lastMs,
        renewAt:
          // A credential may give the old one once more while it renews.
          this.#kept?.token === token
            ? this.#kept.renewAt
            : Math.min(refreshAfterTimestamp ?? Infinity, expires - earlyMs),
      };
    }
    return token;
  }
}

/** What a credential is asked, with a signal that is made only for who looks at it. */
class Asking implements TokenRequest {
  readonly forceRefresh: boolean;
  #signal: AbortSignal | undefined;

  constructor(forceRefresh: boolean) {
    this.forceRefresh = forceRefresh;
  }

  /** Not one caller's own: others may be waiting for the same token. */
  get signal(): AbortSignal {
    this.#signal ??= AbortSignal.timeout(patienceMs);
    return this.#signal;
  }

  get abortSignal(): AbortSignal {
    return this.signal;
  }
}

function fail(cause: unknown): never {
  if (cause instanceof InvalidRequestError) throw cause;
  // Words of others may hold a secret; kinds and codes do not.
  const words = `: ${safeCause(cause).message}`;
  throw new AuthenticationError(`The credential failed${words}`, {}, { cause });
}
