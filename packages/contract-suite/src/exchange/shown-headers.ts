import type { Draft } from "./draft.ts";
import type { SentRequest } from "./exchange.ts";

/**
 * The headers of a request as they may be shown: the target's token is replaced by its variable.
 *
 * @param tokenName The variable. @default "TOKEN"
 */
export function shownHeaders(
  { headers }: SentRequest,
  draft: Draft,
  tokenName = "TOKEN",
): Record<string, string> {
  // A token of a case is none that opens anything.
  const isSecret = "Authorization" in headers && draft.token === undefined;
  return isSecret ? { ...headers, Authorization: `Bearer $${tokenName}` } : headers;
}
