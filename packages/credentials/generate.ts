// Writes src/generated/ from the bundled contract: where tokens come from in each environment, and
// what Partner Center says of the tokens it refuses.

import { mkdir, writeFile } from "node:fs/promises";
import { contract, type SecurityScheme } from "@partner-qualifications/spec/model";

const { appUser, appOnly } = contract.securitySchemes;
const global = appUser?.environments.global;
if (!appOnly || !global || !appUser?.authorizationUrl || !appUser.tokenUrl) {
  throw new Error("The contract has no such flow");
}

/** An address of the global environment, as it is under any authority and for any tenant. */
function path(url: string): string {
  const { origin, pathname } = new URL(url);
  const [, , ...rest] = pathname.split("/");
  if (origin !== global!.authority) throw new Error(`${url} is not under ${global!.authority}`);
  return `/{tenant}/${rest.join("/")}`;
}

/** What a scheme's scope of the global environment is called in another one. */
function scopeFor({ scopes: [scope] }: SecurityScheme, resource: string): string {
  if (!scope?.startsWith(`${global!.resource}/`)) throw new Error(`Another resource: ${scope}`);
  return scope.replace(global!.resource, resource);
}

const environments = Object.fromEntries(
  Object.entries(appUser.environments).map(([name, { authority, resource }]) => [
    name,
    {
      authority,
      resource,
      appUserScope: scopeFor(appUser, resource),
      appOnlyScope: scopeFor(appOnly, resource),
    },
  ]),
);
const endpoints = { authorize: path(appUser.authorizationUrl), token: path(appUser.tokenUrl) };

/** The codes with which Partner Center refuses a token of the wrong kind or for another service. */
const aboutTokens = new Set(["900329", "900420"]);
const explanations = Object.fromEntries(
  contract.errors
    .filter(({ code }) => aboutTokens.has(code))
    .map(({ code, meaning, whatToDo }) => [code, { meaning, remedy: whatToDo }]),
);

const directory = new URL("./src/generated/", import.meta.url);
const header = "// Generated from the contract. Edits are overwritten.\n\n";
const constant = (name: string, value: unknown) =>
  `export const ${name} = ${JSON.stringify(value, null, 2)} as const;\n`;
await mkdir(directory, { recursive: true });
await writeFile(
  new URL("environments.ts", directory),
  header + constant("environments", environments) + constant("endpoints", endpoints),
);
await writeFile(
  new URL("explanations.ts", directory),
  header + constant("explanations", explanations),
);
