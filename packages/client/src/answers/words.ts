import type { Answer, Call } from "../pipeline/call.ts";
import { type ErrorBody, excerpt, readErrorBody } from "./error-body.ts";

/** What an error reports of a response: the service's own words, without the secrets of the call. */
export interface Words extends ErrorBody {
  message: string;
  docs?: string | undefined;
}

/**
 * Returns the words of a response outside 2xx.
 *
 * @param note What the client adds to the service's words.
 */
export function wordsOfFailure(
  call: Call,
  { response: { status, statusText, headers }, text, note }: Answer,
  docsBase: string | undefined,
): Words {
  const scrub = (words: string) => redact(words, call);
  // The service may repeat what it received; an error must not.
  const body = readErrorBody(text, headers.get("content-type"), scrub);
  const { code } = body;
  const words = body.description ?? (scrub(statusText) || "no description");
  const message = `Partner Center returned ${status}${code === undefined ? "" : ` (code ${code})`}: ${words}${note ? ` — ${note.message}` : ""}`;
  const docs =
    docsBase && /^[\w.-]+$/.test(code ?? "") ? `${docsBase.replace(/\/$/, "")}/${code}` : undefined;
  return { ...body, message, docs };
}

/** Returns the words of a 2xx response without the documented body: its beginning, a sign-in page perhaps. */
export function wordsOfBody(call: Call, { response: { status, headers }, text }: Answer): Words {
  const scrub = (words: string) => redact(words, call);
  const description = excerpt(text, headers.get("content-type"), scrub);
  const what = description ? `an unexpected body: ${description.slice(0, 200)}` : "an empty body";
  return { message: `Partner Center returned ${status} with ${what}`, description };
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
