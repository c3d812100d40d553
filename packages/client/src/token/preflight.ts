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

/** What a token says of itself that matters here. */
export interface Preflight {
  /** Why the service would surely refuse it, and what to do. */
  fault?: string | undefined;
  /** That it has expired, by the clock that was given. */
  expired?: string | undefined;
}

/**
 * Makes a reader of tokens that finds what would surely be refused. Only a deny-list: a token that
 * cannot be read, or says nothing of the matter, is sent as it is.
 */
export function createPreflight() {
  // Reading a token costs more than the rest of a call, and the same one is sent for an hour.
  let last: { token: string; claims: Claims | undefined } | undefined;
  return (token: string, needsUser: boolean, now: number): Preflight => {
    if (last?.token !== token) last = { token, claims: readClaims(token) };
    const { claims } = last;
    return claims ? { fault: findFault(claims, needsUser), expired: expiry(claims, now) } : {};
  };
}

function expiry({ exp }: Claims, now: number): string | undefined {
  const ago = typeof exp === "number" ? now - exp * 1000 : 0;
  return ago > skewMs ? `The token expired ${Math.round(ago / 60_000)} minutes ago` : undefined;
}

function findFault(claims: Claims, needsUser: boolean): string | undefined {
  if (typeof claims.aud === "string" && endedAudiences.test(claims.aud)) {
    return `The token's audience ${claims.aud} is no longer accepted (900420): request Partner Center's own scope`;
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
