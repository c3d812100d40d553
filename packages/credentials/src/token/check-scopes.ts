import type { Application } from "../settings/application.ts";
import { CredentialError } from "../errors/credential-error.ts";

/**
 * A token for another service would be refused by Partner Center with 900420, and must not go there.
 *
 * @returns The scopes as a list.
 * @throws {CredentialError} `wrong_audience`.
 */
export function checkScopes(
  scopes: string | readonly string[],
  { environment: { resource } }: Application,
): string[] {
  const list = [scopes].flat();
  if (list.length > 0 && list.every((scope) => scope.startsWith(`${resource}/`))) return list;
  throw new CredentialError({
    reason: "wrong_audience",
    meaning: `A token was asked for ${list.join(" ") || "no scope"}, and this credential's environment has ${resource}`,
    remedy:
      "Give client and credential the same environment; Partner Center refuses another audience with 900420.",
  });
}
