import { excerpt } from "./error-body.ts";
import { errorFromResponse } from "./error-from-response.ts";
import { UnexpectedResponseError } from "../errors/errors.ts";
import type { Call } from "../pipeline/call.ts";
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
  const { headers, status } = response;
  if (!response.ok) {
    const retryAfterMs = readRetryAfter(headers, now());
    const known = { ...call, retryAfterMs, docsBase };
    throw errorFromResponse(response, call.text, known, (text) => scrub(text, call));
  }
  const value = read(parse(call.text));
  if (value !== undefined) return value;
  // What came instead, a sign-in page perhaps, says more than that it was not expected.
  const description = excerpt(call.text, headers.get("content-type"), (text) => scrub(text, call));
  const what = description ? `something else: ${description.slice(0, 200)}` : "an empty body";
  throw new UnexpectedResponseError(`Partner Center answered ${status} with ${what}`, {
    ...call,
    status,
    description,
  });
}

/** Takes out what the service may have repeated of the request: tokens, and the validation code. */
function scrub(text: string, call: Call): string {
  const [, code = ""] = /[?&]code=([^&]+)/.exec(call.url) ?? [];
  let rest = text;
  for (const secret of [...call.tokens, code, decodeURIComponent(code)]) {
    // A short one is also part of words that have nothing to do with it.
    if (secret.length >= 16) rest = rest.replaceAll(secret, "…");
    else if (secret.length >= 4) rest = rest.replaceAll(wholeWord(secret), "…");
  }
  return rest;
}

function wholeWord(text: string): RegExp {
  return new RegExp(`(?<![\\w-])${text.replaceAll(/\W/g, "\\$&")}(?![\\w-])`, "g");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
