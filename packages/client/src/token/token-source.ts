import { AuthenticationError, InvalidRequestError } from "../errors/index.ts";
import type { Runtime } from "../runtime.ts";
import type { Credential } from "./credential.ts";

/** A token is renewed this long before it expires, so that it does not expire on its way. */
const earlyMs = 60_000;

/**
 * Asks a credential for tokens: keeps them as long as they are good, and asks once for however many
 * callers are waiting.
 */
export class TokenSource {
  readonly #credential: Exclude<Credential, "none">;
  readonly #scope: string;
  readonly #runtime: Runtime;
  #kept: { token: string; until: number } | undefined;
  #asking: Promise<string> | undefined;
  #renewal: { refused: string; token: Promise<string> } | undefined;

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
    const kept = this.#kept;
    if (kept && this.#runtime.now() < kept.until) return kept.token;
    this.#asking ??= this.#ask(false).finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  /**
   * A token in place of one that was refused. All who were refused the same token get the same answer.
   *
   * @throws {AuthenticationError} When the credential has no other.
   */
  renew(refused: string): Promise<string> {
    if (this.#renewal?.refused !== refused) {
      this.#kept = undefined;
      this.#renewal = { refused, token: this.#renew(refused) };
    }
    return this.#renewal.token;
  }

  async #renew(refused: string): Promise<string> {
    try {
      const token = await this.#ask(true);
      if (token !== refused) return token;
    } catch (error) {
      // The next caller may have better luck.
      this.#renewal = undefined;
      throw error;
    }
    this.#renewal = undefined;
    throw new AuthenticationError("The credential gave the refused token again");
  }

  async #ask(forceRefresh: boolean): Promise<string> {
    // Nobody's own signal: others may be waiting for the same token.
    const { signal } = new AbortController();
    const request = { forceRefresh, signal, abortSignal: signal };
    let answer: { token: string; expiresOnTimestamp?: number } | null;
    try {
      answer =
        typeof this.#credential === "function"
          ? { token: await this.#credential(request) }
          : await this.#credential.getToken(this.#scope, request);
    } catch (cause) {
      throw new AuthenticationError("The credential failed", {}, { cause });
    }
    const token = answer?.token;
    if (typeof token !== "string" || !/^[\x21-\x7e]+$/.test(token)) {
      throw new InvalidRequestError("credential", "must give a token");
    }
    if (answer?.expiresOnTimestamp !== undefined) {
      this.#kept = { token, until: answer.expiresOnTimestamp - earlyMs };
    }
    return token;
  }
}
