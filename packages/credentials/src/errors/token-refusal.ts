import { CredentialError } from "./credential-error.ts";
import { entraCodes, oauthErrors, type Explanation } from "./entra-codes.ts";

/** The members kept from a refusal, and their format: no echoed secret matches. */
const shapes = {
  error: /^[a-z_]{1,40}$/,
  suberror: /^[a-z_]{1,40}$/,
  traceId: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  timestamp: /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\dZ$/,
  code: /^\d{4,8}$/,
};

function shaped(shape: keyof typeof shapes, value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && shapes[shape].test(text) ? text : undefined;
}

/** Whether a body is an OAuth refusal (RFC 6749, section 5.2). */
export function isRefusal(body: Record<string, unknown> | undefined): boolean {
  return body?.error !== undefined;
}

/**
 * Turns a refusal of the token endpoint or the sign-in page into an error, without Entra's description,
 * which may repeat parts of the request.
 *
 * @param given The response's members, if it had any.
 * @param authority Where Entra explains its codes.
 * @param retryAfterMs The response's `Retry-After`.
 */
export function tokenRefusal(
  given: Readonly<Record<string, unknown>> = {},
  status: number | undefined,
  authority: string,
  retryAfterMs?: number,
): CredentialError {
  const error = shaped("error", given.error);
  const code = shaped("code", [given.error_codes].flat()[0]) ?? codeInText(given.error_description);
  const explanation =
    (code && entraCodes.get(code)) ||
    (shaped("suberror", given.suberror) === "consent_required" &&
      oauthErrors.get("consent_required")) ||
    (error && oauthErrors.get(error)) ||
    byStatus(status);
  return new CredentialError({
    ...explanation,
    error,
    code: code && `AADSTS${code}`,
    traceId: shaped("traceId", given.trace_id),
    correlationId: shaped("traceId", given.correlation_id),
    timestamp: shaped("timestamp", given.timestamp),
    status,
    retryAfterMs,
    docs: code && `${authority}/error?code=${code}`,
  });
}

/** The sign-in page has its code only in the description. */
function codeInText(description: unknown): string | undefined {
  const [, code] = /\bAADSTS(\d{4,8})\b/.exec(String(description)) ?? [];
  return code;
}

function byStatus(status: number | undefined): Explanation {
  if (status === 429) {
    return {
      kind: "throttled",
      meaning: "The token endpoint received too many requests",
      remedy: "Try again later.",
    };
  }
  if (status !== undefined && status >= 500) {
    return {
      kind: "unavailable",
      meaning: `The token endpoint failed with status ${status}`,
      remedy: "Try again later.",
    };
  }
  return {
    kind: "refused",
    meaning: `The token endpoint rejected the request${status === undefined ? "" : ` with status ${status}`}`,
    remedy: "Search for the code, or contact Microsoft support with the trace id.",
  };
}
