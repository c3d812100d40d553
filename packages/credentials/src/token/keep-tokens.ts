import { CredentialError } from "../errors/credential-error.ts";
import type { Application } from "../settings/application.ts";
import type { PartnerCenterCredential } from "./partner-center-credential.ts";
import { type Grant, TokenKeeper } from "./token-keeper.ts";

/**
 * Creates a credential that caches one token per scope.
 *
 * @param exchange One attempt to obtain a token.
 * @param place What timed out, when the exchange cannot say.
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
 * Rejects scopes of another service: Partner Center rejects their tokens with 900420, and must not
 * receive them.
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
    meaning: `The caller requested a token for ${list.join(" ") || "no scope"}, but this credential's environment has ${resource}`,
    remedy:
      "Use the same environment for client and credential; Partner Center rejects another audience with 900420.",
  });
}
