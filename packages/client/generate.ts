// Writes src/generated/ from the bundled contract: its schemas, its paths, and the base address of
// each environment.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript5";

type Schema = { type?: string; enum?: string[]; anyOf?: Schema[] };
type Contract = { servers: { url: string; "x-environment"?: string }[] };

const contractFile = createRequire(import.meta.url).resolve(
  "@partner-qualifications/spec/openapi.json",
);
const contract = JSON.parse(await readFile(contractFile, "utf8")) as Contract;

/**
 * An open set, `anyOf: [{ type: string, enum }, { type: string }]`, becomes
 * `"A" | "B" | (string & {})`. As plain `string`, which is what the generator would make of it,
 * editors could not complete the known values. A number may stand beside it.
 */
function openSet({ anyOf = [] }: Schema): ts.TypeNode | undefined {
  const known = anyOf.flatMap((member) => (member.type === "string" && member.enum) || []);
  const isOpen = anyOf.some((member) => member.type === "string" && !member.enum);
  if (known.length === 0 || !isOpen) return undefined;
  const f = ts.factory;
  const others = anyOf.filter((member) => member.type === "integer");
  return f.createUnionTypeNode([
    ...known.map((value) => f.createLiteralTypeNode(f.createStringLiteral(value))),
    f.createParenthesizedType(
      f.createIntersectionTypeNode([
        f.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
        f.createTypeLiteralNode([]),
      ]),
    ),
    ...others.map(() => f.createKeywordTypeNode(ts.SyntaxKind.NumberKeyword)),
  ]);
}

const schemas = await openapiTS(structuredClone(contract) as never, {
  transform: (schema) => openSet(schema as Schema),
});
// openapi-fetch 0.17 takes `string & {}` for an object (openapi-typescript issue 2765), so an open
// set is a plain string in what it is given.
const paths = await openapiTS(structuredClone(contract) as never);
const environments = Object.fromEntries(
  contract.servers.flatMap((server) =>
    server["x-environment"] ? [[server["x-environment"], server.url]] : [],
  ),
);

const directory = new URL("./src/generated/", import.meta.url);
const header = "// Generated from the contract. Edits are overwritten.\n\n";
await mkdir(directory, { recursive: true });
await writeFile(new URL("schemas.ts", directory), header + astToString(schemas));
await writeFile(new URL("paths.ts", directory), header + astToString(paths));
await writeFile(
  new URL("environments.ts", directory),
  `${header}export const environments = ${JSON.stringify(environments, null, 2)} as const;\n`,
);
