import { meanings } from "../generated/meanings.ts";
import { entraCodes } from "./entra-codes.ts";

/** What to do about the refusals of Partner Center that are about the token. */
const remedies: ReadonlyMap<string, string> = new Map([
  [
    "900420",
    "Ask for a token of Partner Center's own scope, in the partner's environment; the audience graph.windows.net has ended.",
  ],
  [
    "900329",
    "Use appUserCredential: the operation needs a signed-in user (Secure Application Model).",
  ],
]);

/**
 * What a code means and what to do about it, for a page or a log that shows an error.
 *
 * @param code Partner Center's, where it is about a token (`900420`, `900329`), or Entra's
 * (`AADSTS700082`, with or without its prefix).
 * @returns Nothing for a code that is not known.
 * @example
 * explainCode("900329")?.remedy; // Use appUserCredential: …
 */
export function explainCode(code: string): { meaning: string; remedy: string } | undefined {
  const remedy = remedies.get(code);
  const meaning = meanings[code];
  if (remedy && meaning) return { meaning, remedy };
  const entra = entraCodes.get(code.replace(/^AADSTS/, ""));
  return entra && { meaning: `${entra.meaning}.`, remedy: entra.remedy };
}
