import type { Application } from "../settings/application.ts";
import type { PartnerCenterCredential } from "./partner-center-credential.ts";
import { checkScopes } from "./check-scopes.ts";
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
