import type { Runtime } from "../runtime.ts";

interface Claims {
  aud?: unknown;
  exp?: unknown;
  idtyp?: unknown;
  scp?: unknown;
  sub?: unknown;
  oid?: unknown;
}

/** Audiences that Partner Center no longer takes (900420): Azure AD Graph, by name and by id. */
const endedAudiences = /^(https:\/\/graph\.windows\.net|00000002-0000-0000-c000-000000000000)\/?$/;

/** Clocks differ; a token this long past its expiry is past it by any clock. */
const skewMs = 5 * 60_000;

/**
 * Looks for what would surely be refused. Only a deny-list: a token that cannot be read, or says
 * nothing of the matter, is sent as it is.
 *
 * @returns A function that tells what is wrong with a token and what to do, or `undefined`. Its
 * second argument is whether the operation refuses a token without a user.
 */
export function createPreflight({ now }: Runtime) {
  // Reading a token costs more than the rest of a call, and the same one is sent for an hour.
  let last: { token: string; claims: Claims | undefined } | undefined;
  return (token: string, needsUser: boolean): string | undefined => {
    if (last?.token !== token) last = { token, claims: readClaims(token) };
    return last.claims && findFault(last.claims, needsUser, now());
  };
}

function findFault(claims: Claims, needsUser: boolean, now: number): string | undefined {
  if (typeof claims.aud === "string" && endedAudiences.test(claims.aud)) {
    return `The token's audience ${claims.aud} is no longer accepted (900420): ask for Partner Center's own scope`;
  }
  if (typeof claims.exp === "number" && claims.exp * 1000 + skewMs < now) {
    return `The token expired ${Math.round((now - claims.exp * 1000) / 60_000)} minutes ago: get a new one`;
  }
  if (needsUser && isAppOnly(claims)) {
    return "The token has no user, and this operation needs one (900329): use the Secure Application Model";
  }
  return undefined;
}

/** Entra gives an application's token no scopes, and its own object as the subject. */
function isAppOnly({ idtyp, scp, sub, oid }: Claims): boolean {
  return idtyp === "app" || (scp === undefined && sub !== undefined && sub === oid);
}

function readClaims(token: string): Claims | undefined {
  const [, payload, signature] = token.split(".");
  if (!payload || signature === undefined) return undefined;
  try {
    // Names may come out garbled, which does not matter: none is looked at.
    const claims: unknown = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
    return typeof claims === "object" && claims !== null ? claims : undefined;
  } catch {
    return undefined;
  }
}
