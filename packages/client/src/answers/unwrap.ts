import {
  AuthenticationError,
  BadRequestError,
  ConflictError,
  NotFoundError,
  PermissionError,
  ServerError,
  ThrottledError,
  UnexpectedResponseError,
} from "../errors/errors.ts";
import { onDemand } from "../on-demand.ts";
import { factsOf } from "../pipeline/limited.ts";
import { readRetryAfter } from "../pipeline/retry-after.ts";
import type { SentCall } from "../pipeline/send.ts";
import type { Words } from "./words.ts";

export interface UnwrapOptions {
  docsBase: string | undefined;
  now: () => number;
}

/** Loads what reads the words of an error. */
const loadWords = onDemand(() => import("./words.ts"));

const byStatus = {
  401: AuthenticationError,
  403: PermissionError,
  404: NotFoundError,
  409: ConflictError,
  429: ThrottledError,
};

/**
 * Waits for an answer and returns its value.
 *
 * @param read Returns the value from the parsed body; `undefined` if the body lacks it.
 * @throws {PartnerCenterError} When the response is not 2xx, or its body is not as documented.
 */
export async function unwrap<T>(
  { call, answer: promise }: SentCall,
  { docsBase, now }: UnwrapOptions,
  read: (body: unknown) => T | undefined,
): Promise<T> {
  const answer = await promise;
  const { response, text, note } = answer;
  const { ok, status, headers } = response;
  const value = ok ? read(parseJson(text)) : undefined;
  if (value !== undefined) return value;
  const words = await loadWords().then(
    ({ wordsOfBody, wordsOfFailure }) =>
      ok ? wordsOfBody(call, answer) : wordsOfFailure(call, answer, docsBase),
    // Without its words, it is still the service's error.
    (): Words => ({ message: `Partner Center returned ${status}` }),
  );
  const ErrorOfStatus =
    byStatus[status as keyof typeof byStatus] ??
    (status >= 500 ? ServerError : status >= 400 ? BadRequestError : UnexpectedResponseError);
  throw new ErrorOfStatus(
    words.message,
    factsOf(call, {
      ...words,
      status,
      retryAfterMs: ok ? undefined : readRetryAfter(headers, now()),
    }),
    { cause: note?.original },
  );
}

/** @returns `undefined` for text that is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
