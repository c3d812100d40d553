import { CredentialError } from "../errors/credential-error.ts";

/** Entra's maximum: with continuous access evaluation, a token is valid for up to 28 hours. */
const longestLifeS = 28 * 3600;

/**
 * Reads a token's lifetime and renewal time from the response. A token with an unreadable lifetime is
 * returned once and not cached.
 */
export function readLife(body: Readonly<Record<string, unknown>>) {
  const lifeS = Math.min(seconds(body.expires_in) ?? 0, longestLifeS);
  const refreshInS = seconds(body.refresh_in);
  return {
    lifeMs: lifeS * 1000,
    refreshInMs: refreshInS !== undefined && refreshInS < lifeS ? refreshInS * 1000 : undefined,
  };
}

/** Entra sends numbers; older endpoints send strings. */
function seconds(value: unknown): number | undefined {
  const number = typeof value === "string" && /^\d{1,12}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && number > 0 && Number.isFinite(number) ? number : undefined;
}

/** Whether a value fits into an Authorization header (RFC 6750, 2.1). */
export function isAccessToken(value: unknown): value is string {
  return typeof value === "string" && /^[\x21-\x7e]+$/.test(value);
}

/** Parses a body, if it is a JSON object. */
export function parseBody(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** Creates the error for a response without a token, such as one of a captive portal. */
export function notAToken(): CredentialError {
  return new CredentialError({
    kind: "unavailable",
    meaning: "The server at the token endpoint's address returned no token",
    remedy: "Check the authority, and whether a proxy or a captive portal responds in its place.",
  });
}

/** @returns Milliseconds of a `Retry-After` (RFC 9110): seconds, or a date by the sender's clock. */
export function readRetryAfter(value: string | null, date: string | null): number | undefined {
  if (value === null) return undefined;
  if (/^\s*\d{1,12}\s*$/.test(value)) return Number(value) * 1000;
  const ms = Date.parse(value) - (readDate(date) ?? Date.now());
  return ms > 0 ? ms : undefined;
}

export function readDate(date: string | null): number | undefined {
  const ms = Date.parse(date ?? "");
  return Number.isNaN(ms) ? undefined : ms;
}
