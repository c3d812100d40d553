import type { Draft, SentRequest } from "./exchange.ts";

/**
 * A request as a line for a shell.
 *
 * @param tokenName The variable shown in place of the token.
 */
export function curlOf(request: SentRequest, draft: Draft, tokenName = "TOKEN"): string {
  const { method, url, body } = request;
  const parts = ["curl", "-i", "--path-as-is", "-X", method, quoted(url)];
  const secret = `Bearer $${tokenName}`;
  for (const [name, value] of Object.entries(shownHeaders(request, draft, tokenName))) {
    // curl leaves a header out when nothing stands behind its colon.
    const header = value === "" ? quoted(`${name};`) : quoted(`${name}: ${value}`);
    parts.push("-H", value === secret ? `"${name}: ${secret}"` : header);
  }
  if (body !== undefined) parts.push("--data-binary", quoted(body));
  return parts.join(" ");
}

function quoted(text: string): string {
  const isPlain = /^[\w./:=%@+-]+$/.test(text);
  return isPlain ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

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
  // The token of a case is not a secret.
  const isSecret = "Authorization" in headers && draft.token === undefined;
  return isSecret ? { ...headers, Authorization: `Bearer $${tokenName}` } : headers;
}
