type Claims = Partial<Record<"aud" | "exp" | "idtyp" | "scp" | "sub" | "oid", unknown>>;

/** Audiences that Partner Center no longer accepts (900420): Azure AD Graph, by name and by id. */
const endedAudiences = /^(https:\/\/graph\.windows\.net|00000002-0000-0000-c000-000000000000)\/?$/;

/** Clocks differ by minutes. A token this long past its expiry has expired by any clock. */
const toleranceMs = 5 * 60_000;

/** The faults of a token, as messages. */
export interface Preflight {
  /** Why the service would reject it, and what to do. */
  fault?: string | undefined;
  /** That it has expired, by the given clock. */
  expired?: string | undefined;
}

/**
 * Creates a check for tokens that the service would surely reject. It is a deny-list: an opaque token, or one
 * without the claims in question, passes.
 */
export function createPreflight() {
  // Parsing a token costs more than the rest of a call, and the same one is sent for an hour.
  let last: { token?: string; claims: Claims } = { claims: {} };
  return (token: string, needsUser: boolean, now: number): Preflight => {
    if (last.token !== token) last = { token, claims: readClaims(token) };
    const { aud, exp } = last.claims;
    const ago = typeof exp === "number" ? now - exp * 1000 : 0;
    return {
      expired:
        ago > toleranceMs ? `The token expired ${Math.round(ago / 60_000)} minutes ago` : undefined,
      fault:
        typeof aud === "string" && endedAudiences.test(aud)
          ? `The token's audience ${aud} is no longer accepted (900420): request Partner Center's own scope`
          : needsUser && isAppOnly(last.claims)
            ? "The token is app-only, but this operation requires a user (900329): get an app+user token through the Secure Application Model"
            : undefined,
    };
  };
}

/** Entra's app-only tokens have no scopes, and the application's object as the subject. */
function isAppOnly({ idtyp, scp, sub, oid }: Claims): boolean {
  return idtyp === "app" || (scp === undefined && sub !== undefined && sub === oid);
}

function readClaims(token: string): Claims {
  const [, payload = "", signature] = token.split(".");
  try {
    // Non-ASCII names come out garbled; the check reads none.
    const claims: unknown = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
    return signature === undefined ? {} : Object(claims);
  } catch {
    return {};
  }
}
