import { explanations } from "../generated/explanations.ts";
import { entraCodes } from "./entra-codes.ts";

const partnerCenterCodes = new Map<string, { meaning: string; remedy: string }>(
  Object.entries(explanations),
);

/**
 * Returns what a code means and what to do about it, for a page or log that shows an error.
 *
 * @param code Partner Center's code about a token (`900420`, `900329`), or Entra's (`AADSTS700082`, with
 * or without its prefix).
 * @returns Undefined for an unknown code.
 * @example
 * explainCode("900329")?.remedy; // Use appUserCredential: …
 */
export function explainCode(code: string): { meaning: string; remedy: string } | undefined {
  const known = partnerCenterCodes.get(code);
  if (known) return known;
  const entra = entraCodes.get(code.replace(/^AADSTS/, ""));
  return entra && { meaning: `${entra.meaning}.`, remedy: entra.remedy };
}
