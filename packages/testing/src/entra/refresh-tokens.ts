import { randomUUID } from "node:crypto";
import { Refusal } from "./refusal.ts";

/**
 * The refresh tokens that were issued. Entra keeps an old one valid when it is exchanged; a stricter
 * server takes each one once, which shows whether two users of one token get in each other's way.
 */
export class RefreshTokens {
  readonly #takenOnce: boolean;
  readonly #valid = new Set<string>();
  /** All of them, oldest first. */
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

  /** @throws {Refusal} When a token is not good, or not any more. */
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
