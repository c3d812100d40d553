import { CredentialError } from "../errors/credential-error.ts";
import type { Application } from "../settings/application.ts";
import type { PartnerCenterCredential } from "./partner-center-credential.ts";
import { type Grant, TokenKeeper } from "./token-keeper.ts";

/**
 * A credential that keeps a token for each scope that it is asked for.
 *
 * @param exchange One attempt to obtain a token.
 * @param place What took too long, where the exchange itself cannot say.
 */
export function keepTokens(
  application: Application,
  exchange: (scopes: string[], signal: AbortSignal) => Promise<Grant>,
  place: string,
): PartnerCenterCredential {
  const keepers = new Map<string, TokenKeeper>();
  return {
    async getToken(scopes, request) {
      const list = checkScopes(scopes, application);
      const key = list.join(" ");
      let keeper = keepers.get(key);
      if (!keeper) {
        keeper = new TokenKeeper((signal) => exchange(list, signal), application.timeoutMs, place);
        keepers.set(key, keeper);
      }
      return keeper.get(request ?? {});
    },
  };
}

/**
 * A token for another service would be refused by Partner Center with 900420, and must not go there.
 *
 * @returns The scopes as a list.
 * @throws {CredentialError} `wrongAudience`.
 */
function checkScopes(
  scopes: string | readonly string[],
  { environment: { resource } }: Application,
): string[] {
  const list = [scopes].flat();
  if (list.length > 0 && list.every((scope) => scope.startsWith(`${resource}/`))) return list;
  throw new CredentialError({
    kind: "wrongAudience",
    meaning: `A token was asked for ${list.join(" ") || "no scope"}, and this credential's environment has ${resource}`,
    remedy:
      "Give client and credential the same environment; Partner Center refuses another audience with 900420.",
  });
}
