// Writes src/generated/ from the bundled contract: where tokens come from in each environment, and
// what Partner Center says of the tokens it refuses.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";

interface Scheme {
  "x-environments": Record<string, { authority: string; resource: string }>;
  flows: Record<string, { tokenUrl: string; authorizationUrl?: string; scopes: object }>;
}
interface Contract {
  components: { securitySchemes: { appUser: Scheme; appOnly: Scheme } };
  "x-error-catalog": { code: string; meaning: string }[];
}

const contractFile = createRequire(import.meta.url).resolve(
  "@partner-qualifications/spec/openapi.json",
);
const contract = JSON.parse(await readFile(contractFile, "utf8")) as Contract;
const { appUser, appOnly } = contract.components.securitySchemes;
const { global } = appUser["x-environments"];
const consent = appUser.flows.authorizationCode;
if (!global || !consent?.authorizationUrl) throw new Error("The contract has no such flow");

/** An address of the global environment, as it is under any authority and for any tenant. */
function path(url: string): string {
  const { origin, pathname } = new URL(url);
  const [, , ...rest] = pathname.split("/");
  if (origin !== global!.authority) throw new Error(`${url} is not under ${global!.authority}`);
  return `/{tenant}/${rest.join("/")}`;
}

/** What a scheme's scope of the global environment is called in another one. */
function scopeFor({ flows }: Scheme, resource: string): string {
  const [scope] = Object.values(flows).flatMap(({ scopes }) => Object.keys(scopes));
  if (!scope?.startsWith(`${global!.resource}/`)) throw new Error(`Another resource: ${scope}`);
  return scope.replace(global!.resource, resource);
}

const environments = Object.fromEntries(
  Object.entries(appUser["x-environments"]).map(([name, { authority, resource }]) => [
    name,
    {
      authority,
      resource,
      appUserScope: scopeFor(appUser, resource),
      appOnlyScope: scopeFor(appOnly, resource),
    },
  ]),
);
const endpoints = { authorize: path(consent.authorizationUrl), token: path(consent.tokenUrl) };

const meanings = Object.fromEntries(
  contract["x-error-catalog"].map(({ code, meaning }) => [code, meaning]),
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
  new URL("meanings.ts", directory),
  `${header}export const meanings: Readonly<Record<string, string>> = ${JSON.stringify(meanings, null, 2)};\n`,
);
