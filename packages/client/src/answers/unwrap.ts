import { UnexpectedResponseError } from "../errors/errors.ts";
import type { Call } from "../pipeline/call.ts";
import { factsOf } from "../pipeline/limited.ts";
import { readRetryAfter } from "../pipeline/retry-after.ts";
import type { SentCall } from "../pipeline/send.ts";
import { excerpt } from "./error-body.ts";
import { errorFromResponse } from "./error-from-response.ts";

export interface UnwrapOptions {
  docsBase: string | undefined;
  now: () => number;
}

/**
 * Waits for an answer and returns its value.
 *
 * @param read Returns the value from the parsed body; `undefined` if the body lacks it.
 * @throws {PartnerCenterError} When the response is not 2xx, or its body is not as documented.
 */
export async function unwrap<T>(
  { call, answer }: SentCall,
  { docsBase, now }: UnwrapOptions,
  read: (body: unknown) => T | undefined,
): Promise<T> {
  const { response, text, note } = await answer;
  const { headers, status } = response;
  const scrub = (words: string) => redact(words, call);
  if (!response.ok) {
    const retryAfterMs = readRetryAfter(headers, now());
    throw errorFromResponse(response, text, factsOf(call, { retryAfterMs, docsBase, note }), scrub);
  }
  const value = read(parseJson(text));
  if (value !== undefined) return value;
  // The beginning of what came instead, a sign-in page perhaps, helps to find the reason.
  const description = excerpt(text, headers.get("content-type"), scrub);
  const what = description ? `an unexpected body: ${description.slice(0, 200)}` : "an empty body";
  throw new UnexpectedResponseError(
    `Partner Center returned ${status} with ${what}`,
    factsOf(call, { status, description }),
  );
}

/** Removes the secrets of a call, which the service may repeat. */
function redact(text: string, { state }: Call): string {
  let rest = text;
  for (const secret of state.secrets) {
    // A short secret may be part of an unrelated word.
    const isLong = secret.length >= 16;
    if (isLong || secret.length >= 4) rest = rest.replaceAll(isLong ? secret : word(secret), "…");
  }
  return rest;
}

function word(text: string): RegExp {
  return new RegExp(`(?<![\\w-])${text.replaceAll(/\W/g, "\\$&")}(?![\\w-])`, "g");
}

/** @returns `undefined` for text that is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
