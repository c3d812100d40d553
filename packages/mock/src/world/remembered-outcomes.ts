import { hash } from "node:crypto";
import { type Outcome, refuse } from "../simulator/outcome.ts";

/** How long an outcome is remembered: a day (A25). */
const window = 24 * 60 * 60 * 1000;

/** A write with an MS-RequestId. */
export interface Keyed {
  customerId: string;
  /** The MS-RequestId as sent. */
  requestId: string;
  method: string;
  path: string;
  query: string;
  /** The body as sent. */
  body: string;
}

/** The outcome of each MS-RequestId, so that a repeated request changes nothing. */
export class RememberedOutcomes {
  readonly #outcomes = new Map<string, { request: string; outcome: Outcome; until: number }>();

  /**
   * Returns the earlier outcome of a request.
   *
   * @param now The time in milliseconds.
   * @returns The same outcome, or a refusal if the identifier belongs to another request.
   */
  recall(keyed: Keyed, now: number): Outcome | undefined {
    const found = this.#outcomes.get(keyOf(keyed));
    if (!found || found.until <= now) return undefined;
    if (found.request === fingerprint(keyed)) return found.outcome;
    return refuse(409, "800002", "The MS-RequestId was already used for a different request.");
  }

  /** Stores an outcome, unless it means that the client should retry. */
  remember(keyed: Keyed, outcome: Outcome, now: number): void {
    const { status } = outcome;
    if (status === 401 || status === 408 || status === 429 || status >= 500) return;
    // The clock never goes back, so the first entries of the map expire first.
    for (const [key, { until }] of this.#outcomes) {
      if (until > now) break;
      this.#outcomes.delete(key);
    }
    const key = keyOf(keyed);
    this.#outcomes.delete(key);
    this.#outcomes.set(key, { request: fingerprint(keyed), outcome, until: now + window });
  }
}

function keyOf({ customerId, requestId }: Keyed): string {
  return `${customerId} ${requestId.toLowerCase()}`;
}

function fingerprint({ method, path, query, body }: Keyed): string {
  return hash("sha1", `${method} ${path}?${query}\n${body}`, "base64");
}
