import { AuthenticationError, InvalidRequestError } from "../errors/errors.ts";
import { safeCause } from "../errors/safe-cause.ts";
import { elapsed, type Runtime } from "../runtime.ts";
import type { AccessToken, Credential, TokenRequest } from "./credential.ts";

/** The client renews a token in the background this long before it expires, and uses it meanwhile. */
const earlyMs = 60_000;
/** The client does not send a token with less time left: it might expire on the way. */
const lastMs = 5000;
/** After this long the client aborts a token request, and new callers start another. */
const requestMs = 60_000;
/** The pause after a failed renewal in the background. */
const pauseMs = 30_000;

/** Requests tokens from a credential, caches them, and makes one request for all concurrent callers. */
export interface TokenSource {
  /**
   * Returns a token, without a promise if there is one: a promise is most of the cost.
   *
   * @throws {AuthenticationError} When the credential fails.
   * @throws {InvalidRequestError} When it returns no token.
   */
  get(): string | Promise<string>;
  /**
   * Returns a token in place of a rejected one. All callers with the same rejected token share one request,
   * including those a little later.
   *
   * @throws {AuthenticationError} When the credential has no other.
   */
  renew(refused: string): string | Promise<string>;
}

export function createTokenSource(
  credential: Exclude<Credential, "none">,
  scope: string,
  runtime: Runtime,
): TokenSource {
  let kept: { token: string; until: number; renewAt: number } | undefined;
  let pending: { token: Promise<string>; until: number } | undefined;
  let renewal: { refused: string; token: Promise<string>; until: number } | undefined;

  function request(forceRefresh: boolean): string | Promise<string> {
    const tokenRequest = new LazyRequest(forceRefresh);
    try {
      const given =
        typeof credential === "function"
          ? credential(tokenRequest)
          : credential.getToken(scope, tokenRequest);
      return typeof given === "string"
        ? accept(given)
        : Promise.resolve(given as Promise<string | AccessToken | null>).then(accept, fail);
    } catch (cause) {
      return fail(cause);
    }
  }

  function accept(given: string | AccessToken | null): string {
    const { token, expiresOnTimestamp, refreshAfterTimestamp }: Partial<AccessToken> =
      typeof given === "string" ? { token: given } : (given ?? {});
    if (typeof token !== "string" || !/^[\x21-\x7e]+$/.test(token)) {
      throw new InvalidRequestError("credential", "must return a token");
    }
    // A function's token is for one call alone. And a response that was on its way when the service rejected
    // its token must not bring it back.
    const isKept = typeof credential !== "function" && token !== renewal?.refused;
    if (isKept && expiresOnTimestamp != null) {
      // No token expired before 1973, so a small number counts seconds.
      const expires = expiresOnTimestamp * (expiresOnTimestamp < 1e11 ? 1000 : 1);
      if (!(expires >= 0)) {
        throw new InvalidRequestError(
          "credential",
          "must return expiresOnTimestamp in milliseconds",
        );
      }
      kept = {
        token,
        until: expires - lastMs,
        renewAt:
          // A credential may return the old token once more while it renews.
          kept?.token === token
            ? kept.renewAt
            : Math.min(refreshAfterTimestamp ?? Infinity, expires - earlyMs),
      };
    }
    return token;
  }

  /** Makes one request for all concurrent callers. */
  function share(): Promise<string> {
    const now = elapsed(runtime);
    if (pending && now < pending.until) return pending.token;
    const token = (async () => request(false))();
    const own = (pending = { token, until: now + requestMs });
    const forget = () => {
      if (pending === own) pending = undefined;
    };
    token.then(forget, forget);
    return token;
  }

  return {
    get() {
      // A function may decide by its caller, so its tokens are not shared.
      if (typeof credential === "function") return request(false);
      const now = runtime.now();
      if (!kept || now >= kept.until) return share();
      if (now >= kept.renewAt) {
        kept.renewAt = now + pauseMs;
        // The old token is valid even if this fails.
        share().catch(() => {});
      }
      return kept.token;
    },
    renew(refused) {
      const now = elapsed(runtime);
      if (kept?.token === refused) kept = undefined;
      if (kept) return kept.token;
      if (renewal?.refused === refused && now < renewal.until) return renewal.token;
      const token = (async () => {
        const other = await request(true);
        if (other !== refused) return other;
        throw new AuthenticationError("The credential returned the rejected token again");
      })();
      const own = (renewal = { refused, token, until: now + requestMs });
      // After a failure the next caller tries again.
      token.catch(() => {
        if (renewal === own) renewal = undefined;
      });
      return token;
    },
  };
}

/** A token request whose signal is created only when the credential reads it. */
class LazyRequest implements TokenRequest {
  readonly forceRefresh: boolean;
  #signal: AbortSignal | undefined;

  constructor(forceRefresh: boolean) {
    this.forceRefresh = forceRefresh;
  }

  /** Not a caller's own signal: others may wait for the same token. */
  get signal(): AbortSignal {
    return (this.#signal ??= AbortSignal.timeout(requestMs));
  }

  get abortSignal(): AbortSignal {
    return this.signal;
  }
}

function fail(cause: unknown): never {
  if (cause instanceof InvalidRequestError) throw cause;
  // A foreign message may hold a secret; names and codes do not.
  const message = `The credential failed: ${safeCause(cause).message}`;
  throw new AuthenticationError(message, {}, { cause });
}
