import type { Draft, SentRequest } from "./exchange.ts";

/**
 * Formats a request as a curl command.
 *
 * @param tokenName The variable that replaces the token.
 */
export function curlOf(request: SentRequest, draft: Draft, tokenName = "TOKEN"): string {
  const { method, url, body } = request;
  const parts = ["curl", "-i", "--path-as-is", "-X", method, quoted(url)];
  const secret = `Bearer $${tokenName}`;
  for (const [name, value] of Object.entries(shownHeaders(request, draft, tokenName))) {
    // curl drops a header without a value unless it ends with a semicolon.
    const header = value === "" ? quoted(`${name};`) : quoted(`${name}: ${value}`);
    parts.push("-H", value === secret ? `"${name}: ${secret}"` : header);
  }
  if (body !== undefined) parts.push("--data-binary", quoted(body));
  return parts.join(" ");
}

/** Returns a text as one word of a shell. */
export function quoted(text: string): string {
  const isPlain = /^[\w./:=%@+-]+$/.test(text);
  return isPlain ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * Returns a request's headers for display, with the target's token replaced by its variable.
 *
 * @param tokenName The variable. @default "TOKEN"
 */
export function shownHeaders(
  { headers }: SentRequest,
  draft: Draft,
  tokenName = "TOKEN",
): Record<string, string> {
  // A case's own token is not a secret.
  const isSecret = "Authorization" in headers && draft.token === undefined;
  return isSecret ? { ...headers, Authorization: `Bearer $${tokenName}` } : headers;
}
