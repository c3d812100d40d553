import { type Outcome, refuse } from "../simulator/outcome.ts";
import { partnerId } from "../simulator/validation-codes.ts";
import type { RoutedRequest } from "./routed-request.ts";

/** Tokens with special behavior. Any other value works as an app+user token. */
export const testTokens = [
  { token: "app-only", summary: "An app-only token, which can only read" },
  { token: "expired", summary: "Has expired" },
  { token: "wrong-audience", summary: "Has the audience of another service" },
] as const;

interface Claims {
  aud?: unknown;
  exp?: unknown;
  idtyp?: unknown;
  scp?: unknown;
  roles?: unknown;
  upn?: unknown;
  preferred_username?: unknown;
  unique_name?: unknown;
  appid?: unknown;
  azp?: unknown;
}

/**
 * Refuses a request without a token that its operation accepts.
 *
 * A token can be a test token, a JWT (claims are read, signatures are not checked), or any other text.
 */
export function refuseToken({
  prism,
  operation,
  now,
  message,
}: RoutedRequest): Outcome | undefined {
  // Scheme names are case-insensitive; Prism compares them case-sensitively.
  const authorization = message.headers.authorization?.replace(/^bearer /i, "Bearer ") ?? "";
  if (prism.checkSecurity(operation, { authorization }).length > 0) {
    return unauthorized("800001", "The partner token is missing in the request context.");
  }
  const token = authorization.slice(7);
  const claims = claimsOf(token);
  if (token === "expired" || (typeof claims.exp === "number" && claims.exp * 1000 <= now)) {
    // A28
    return unauthorized("400", "Access denied: the token has expired.");
  }
  const audiences = operation.security.flatMap(({ environments }) =>
    Object.values(environments).map(({ resource }) => resource),
  );
  if (
    token === "wrong-audience" ||
    (typeof claims.aud === "string" && !audiences.includes(claims.aud.replace(/\/$/, "")))
  ) {
    return unauthorized("900420", "The audience of the token is invalid or no longer supported.");
  }
  const isAppOnly =
    token === "app-only" || claims.idtyp === "app" || (!claims.scp && Boolean(claims.roles));
  if (isAppOnly && !operation.security.some(({ kind }) => kind === "application")) {
    return refuse(403, "900329", "The resource does not accept app-only authentication.");
  }
  return undefined;
}

/** Returns the user and the application that a token is for, if it is a JWT that names them (A38). */
export function callerOf({ authorization = "" }: Record<string, string>) {
  const { upn, preferred_username, unique_name, appid, azp } = claimsOf(authorization);
  return {
    userPrincipalName: firstText(upn, preferred_username, unique_name),
    applicationId: firstText(appid, azp),
  };
}

/** Returns the first text among claims, cut to what the contract allows. */
function firstText(...claims: unknown[]): string | undefined {
  const found = claims.find((claim) => typeof claim === "string" && claim !== "");
  return typeof found === "string" ? found.slice(0, 1024) : undefined;
}

/** Returns a 401 with the challenge from the guides' error page. */
function unauthorized(code: string, description: string): Outcome {
  return {
    ...refuse(401, code, description),
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
