import { CredentialError } from "../errors/credential-error.ts";

/** Entra's longest: a token under continuous access evaluation lives up to 28 hours. */
const longestLifeS = 28 * 3600;

/**
 * How long a token lives and when to renew it, as the response says. A life that cannot be read is none: the
 * token is given out once and not kept.
 */
export function readLife(body: Readonly<Record<string, unknown>>) {
  const lifeS = Math.min(seconds(body.expires_in) ?? 0, longestLifeS);
  const refreshInS = seconds(body.refresh_in);
  return {
    lifeMs: lifeS * 1000,
    refreshInMs: refreshInS !== undefined && refreshInS < lifeS ? refreshInS * 1000 : undefined,
  };
}

/** Entra writes numbers; older endpoints wrote them as text. */
function seconds(value: unknown): number | undefined {
  const number = typeof value === "string" && /^\d{1,12}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && number > 0 && Number.isFinite(number) ? number : undefined;
}

/** An access token has to fit into a header (RFC 6750, 2.1). */
export function isAccessToken(value: unknown): value is string {
  return typeof value === "string" && /^[\x21-\x7e]+$/.test(value);
}

/** The body as an object, where it is one. */
export function parseBody(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** What the network answered in place of the token endpoint. */
export function notAToken(): CredentialError {
  return new CredentialError({
    kind: "unavailable",
    meaning: "What answered in place of the token endpoint gave no token",
    remedy: "Check the authority, and that no proxy or sign-in page of the network answers for it.",
  });
}

/** @returns Milliseconds, as RFC 9110 has `Retry-After`: seconds, or a date by the sender's own clock. */
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
