// Not by name: an older Node would fail to link before it can say that it is too old.
import * as crypto from "node:crypto";
import type { Answer } from "../simulator/answer.ts";
import { refusal } from "../simulator/outcome.ts";

/** How long a decided answer is remembered (A25): a day. */
const window = 24 * 60 * 60 * 1000;

/** A write under an MS-RequestId. */
export interface Keyed {
  customerId: string;
  /** The MS-RequestId as it came. */
  requestId: string;
  method: string;
  path: string;
  query: string;
  /** The body as it came. */
  body: string;
}

/** What was decided under each MS-RequestId, so that a repeated request changes nothing. */
export class RememberedAnswers {
  readonly #answers = new Map<string, { request: string; answer: Answer; until: number }>();

  /**
   * The answer that a request had before.
   *
   * @param now The time in milliseconds.
   * @returns The same answer, or a refusal where the identifier stood for another request.
   */
  recall(keyed: Keyed, now: number): Answer | undefined {
    const found = this.#answers.get(keyOf(keyed));
    if (!found || found.until <= now) return undefined;
    if (found.request === fingerprint(keyed)) return found.answer;
    return refusal(409, "800002", "The MS-RequestId was used for another request before.");
  }

  /** Keeps an answer, unless it says nothing about the request but that it should come again. */
  remember(keyed: Keyed, answer: Answer, now: number): void {
    const { status } = answer;
    if (status === 401 || status === 408 || status === 429 || status >= 500) return;
    // The clock only goes forward, so the first in the map are the first to be forgotten.
    for (const [key, { until }] of this.#answers) {
      if (until > now) break;
      this.#answers.delete(key);
    }
    const key = keyOf(keyed);
    this.#answers.delete(key);
    this.#answers.set(key, { request: fingerprint(keyed), answer, until: now + window });
  }
}

function keyOf({ customerId, requestId }: Keyed): string {
  return `${customerId} ${requestId.toLowerCase()}`;
}

function fingerprint({ method, path, query, body }: Keyed): string {
  return crypto.hash("sha1", `${method} ${path}?${query}\n${body}`, "base64");
}
