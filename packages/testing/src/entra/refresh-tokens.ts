import { randomUUID } from "node:crypto";
import { Refusal } from "./refusal.ts";

/**
 * The issued refresh tokens. Entra keeps an exchanged token valid; a stricter server accepts each token
 * once, which reveals conflicts between concurrent users of a token.
 */
export class RefreshTokens {
  readonly #takenOnce: boolean;
  readonly #valid = new Set<string>();
  /** All tokens, oldest first. */
  readonly issued: string[] = [];

  constructor(takenOnce: boolean) {
    this.#takenOnce = takenOnce;
  }

  issue(): string {
    const token = `1.canary-refresh-${this.issued.length + 1}-${randomUUID()}`;
    this.issued.push(token);
    this.#valid.add(token);
    return token;
  }

  /** @throws {Refusal} If a token is invalid or was already used. */
  redeem(token: string): void {
    if (!this.issued.includes(token)) {
      throw new Refusal("invalid_grant", 70000, "The provided refresh token is not valid.");
    }
    if (!this.#valid.has(token)) {
      throw new Refusal("invalid_grant", 50173, "The provided grant was revoked.");
    }
    if (this.#takenOnce) this.#valid.delete(token);
  }

  revoke(token: string): void {
    this.#valid.delete(token);
  }
}
