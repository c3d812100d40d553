import { errorFromResponse } from "../errors/error-from-response.ts";
import { ConnectionError, PartnerCenterError, UnexpectedResponseError } from "../errors/index.ts";
import { describeCall } from "../pipeline/call.ts";
import { callOf } from "../pipeline/pipeline.ts";
import { readRetryAfter } from "../pipeline/retry-after.ts";

/** What the bare client gives for a call with `parseAs: "text"`. */
export interface TextAnswer {
  data?: string;
  error?: unknown;
  response: Response;
}

/** What the methods of a resource need of the client beside its calls. */
export interface UnwrapOptions {
  docsBase: string | undefined;
  now: () => number;
}

/**
 * Turns a call of the bare client into a value.
 *
 * @param read Takes what is wanted from the parsed body; `undefined` when it is not there.
 * @throws {PartnerCenterError} When the answer is not 2xx, or its body is not what was expected.
 */
export async function unwrap<T>(
  answer: Promise<TextAnswer>,
  { docsBase, now }: UnwrapOptions,
  read: (body: unknown) => T | undefined,
): Promise<T> {
  const { data = "", response } = await answer.catch((cause: unknown) => {
    // The pipeline throws nothing else; somebody's middleware may.
    if (cause instanceof PartnerCenterError) throw cause;
    throw new ConnectionError("The call failed", {}, { cause });
  });
  const call = callOf(response);
  const known = call ? describeCall(call) : {};
  if (!response.ok) {
    const retryAfterMs = readRetryAfter(response.headers, now());
    const text = scrub(call?.text ?? "", call?.token);
    throw errorFromResponse(response, text, { ...known, retryAfterMs, docsBase });
  }
  const value = read(parse(data));
  if (value !== undefined) return value;
  throw new UnexpectedResponseError("The body is not what the contract has", {
    ...known,
    status: response.status,
  });
}

/** A service may repeat what it was sent; an error must not. */
function scrub(text: string, token: string | undefined): string {
  return token ? text.replaceAll(token, "[token]") : text;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
