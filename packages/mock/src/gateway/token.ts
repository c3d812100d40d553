import type { Answer } from "../simulator/answer.ts";
import type { Operation } from "../prism/prism-operations.ts";
import { partnerId } from "../simulator/partner-id.ts";
import { refusal } from "../simulator/outcome.ts";

/** Tokens that stand for something. Any other value is a good token for an application and a user. */
export const testTokens = [
  { token: "app-only", summary: "Of the application alone: good for reading" },
  { token: "expired", summary: "Has expired" },
  { token: "wrong-audience", summary: "Was made for another service" },
] as const;

interface Claims {
  aud?: unknown;
  exp?: unknown;
  idtyp?: unknown;
  scp?: unknown;
  roles?: unknown;
}

/**
 * Why a token is not good for an operation.
 *
 * @param token A test token, a JWT, whose claims are read and whose signature is not, or anything.
 * @param now The time in milliseconds.
 */
export function refuseToken(operation: Operation, token: string, now: number): Answer | undefined {
  const claims = claimsOf(token);
  if (token === "expired" || (typeof claims.exp === "number" && claims.exp * 1000 <= now)) {
    // A28
    return unauthorized("400", "Access denied: the token has expired.");
  }
  const audiences = schemesOf(operation).flatMap(({ audiences: own }) => own);
  if (
    token === "wrong-audience" ||
    (typeof claims.aud === "string" && !audiences.includes(claims.aud.replace(/\/$/, "")))
  ) {
    return unauthorized("900420", "The audience of the token is invalid or no longer supported.");
  }
  const isAppOnly =
    token === "app-only" || claims.idtyp === "app" || (!claims.scp && Boolean(claims.roles));
  if (isAppOnly && !schemesOf(operation).some(({ key }) => key === "appOnly")) {
    return refusal(403, "900329", "The resource does not accept app-only authentication.");
  }
  return undefined;
}

/** A 401 with the challenge that the error page of the guides shows. */
export function unauthorized(code: string, description: string): Answer {
  return {
    ...refusal(401, code, description),
    headers: { "www-authenticate": `OAuth realm=urn:cpsvc:cpid:${partnerId}` },
  };
}

function claimsOf(token: string): Claims {
  const [, payload, ...rest] = token.split(".");
  if (payload === undefined || rest.length !== 1) return {};
  try {
    return { ...(JSON.parse(Buffer.from(payload, "base64url").toString()) as object) };
  } catch {
    return {};
  }
}

/** The kinds of token that the contract lets an operation take, and the services they are made for. */
function schemesOf({ security = [] }: Operation): { key: string; audiences: string[] }[] {
  return security.flat().map(({ key, extensions }) => {
    const environments = Object.values((extensions?.["x-environments"] ?? {}) as object);
    const resources = environments.map(({ resource }: { resource: string }) => resource);
    return { key, audiences: resources };
  });
}
