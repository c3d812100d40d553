import { AuthenticationError, InvalidRequestError } from "../errors/index.ts";
import type { Runtime } from "../runtime.ts";
import type { AccessToken, Credential, TokenRequest } from "./credential.ts";

/** A token is renewed this long before it expires, so that it does not expire on its way. */
const earlyMs = 60_000;
/** A credential is told to stop after this long, and no longer waited for by new callers. */
const patienceMs = 60_000;

/**
 * Asks a credential for tokens: keeps them as long as they are good, and asks once for however many
 * callers are waiting.
 */
export class TokenSource {
  readonly #credential: Exclude<Credential, "none">;
  readonly #scope: string;
  readonly #runtime: Runtime;
  #kept: { token: string; until: number } | undefined;
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
    const now = this.#runtime.now();
    if (this.#kept && now < this.#kept.until) return this.#kept.token;
    if (this.#asking && now < this.#asking.until) return this.#asking.token;
    const token = Promise.resolve(this.#ask(false));
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
    const now = this.#runtime.now();
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
    const { token, expiresOnTimestamp } =
      typeof answer === "string" ? { token: answer } : (answer ?? ({} as Partial<AccessToken>));
    if (typeof token !== "string" || !/^[\x21-\x7e]+$/.test(token)) {
      throw new InvalidRequestError("credential", "must give a token");
    }
    // A function's is for one call alone. And an answer that was under way while its token was
    // refused must not bring it back.
    const isKept = typeof this.#credential !== "function" && token !== this.#renewal?.refused;
    if (isKept && expiresOnTimestamp !== undefined) {
      this.#kept = { token, until: expiresOnTimestamp - earlyMs };
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

/** Has what `@partner-qualifications/credentials` throws, whose words hold no secret. */
const showable = Symbol.for("@partner-qualifications/credentials/error");

function fail(cause: unknown): never {
  if (cause instanceof InvalidRequestError) throw cause;
  const words = cause instanceof Error && showable in cause ? `: ${cause.message}` : "";
  throw new AuthenticationError(`The credential failed${words}`, {}, { cause });
}
