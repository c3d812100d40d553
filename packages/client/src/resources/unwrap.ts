import { errorFromResponse } from "../errors/error-from-response.ts";
import { UnexpectedResponseError } from "../errors/index.ts";
import { readRetryAfter } from "../pipeline/retry-after.ts";
import type { Answer } from "../pipeline/send.ts";

/** What the methods of a resource need of the client beside its calls. */
export interface UnwrapOptions {
  docsBase: string | undefined;
  now: () => number;
}

/**
 * Turns an answer into a value.
 *
 * @param read Takes what is wanted from the parsed body; `undefined` when it is not there.
 * @throws {PartnerCenterError} When the answer is not 2xx, or its body is not what was expected.
 */
export async function unwrap<T>(
  { call, response: answered }: Answer,
  { docsBase, now }: UnwrapOptions,
  read: (body: unknown) => T | undefined,
): Promise<T> {
  const response = await answered;
  if (!response.ok) {
    const retryAfterMs = readRetryAfter(response.headers, now());
    // The validation code is nobody else's business either, as it is and as it stands in the address.
    const [, code = ""] = /[?&]code=([^&]+)/.exec(call.url) ?? [];
    const secrets = [...call.tokens, code, decodeURIComponent(code)];
    const scrub = (text: string) =>
      secrets.reduce((rest, secret) => (secret ? rest.replaceAll(secret, "…") : rest), text);
    throw errorFromResponse(response, call.text, { ...call, retryAfterMs, docsBase }, scrub);
  }
  const value = read(parse(call.text));
  if (value !== undefined) return value;
  throw new UnexpectedResponseError("The body is not what the contract has", {
    ...call,
    status: response.status,
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
