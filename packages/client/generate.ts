// Writes src/generated/ from the bundled contract: its schemas, its paths, a table of its operations,
// its environments, and the versions.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { document as bundled, readContract, type Schema } from "@partner-qualifications/spec/model";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript5";

const manifest = JSON.parse(await readFile(new URL("./package.json", import.meta.url), "utf8")) as {
  version: string;
};

// Another contract and another directory may be given, as a test does.
const [, , file, output] = process.argv;
const document = file ? (JSON.parse(await readFile(file, "utf8")) as object) : bundled;
const contract = readContract(document);

/**
 * An open set, `anyOf: [the known values, { type: string }]`, becomes
 * `"A" | "B" | (string & {})`. As plain `string`, which is what the generator would make of it,
 * editors could not complete the known values. A number may stand beside it.
 */
function openSet(schema: Schema): ts.TypeNode | undefined {
  const open = contract.openSet(schema);
  if (!open) return undefined;
  const f = ts.factory;
  return f.createUnionTypeNode([
    ...open.known.map((value) => f.createLiteralTypeNode(f.createStringLiteral(value))),
    f.createParenthesizedType(
      f.createIntersectionTypeNode([
        f.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
        f.createTypeLiteralNode([]),
      ]),
    ),
    ...(open.allowsIntegers ? [f.createKeywordTypeNode(ts.SyntaxKind.NumberKeyword)] : []),
  ]);
}

const operations = contract.operations.map(
  ({ id, method, path, needsUser, idempotencyHeader, retry, deprecated, sunset }) => {
    if (!retry || !idempotencyHeader) throw new Error(`${id} has no x-retry or no x-idempotency`);
    return {
      id,
      method,
      ...(deprecated && { sunset: sunset ?? "" }),
      path,
      needsUser,
      idempotencyHeader: idempotencyHeader.toLowerCase(),
      retry,
    };
  },
);

/** The table, by operationId, with each set of retry rules written once. */
function operationsTable(): string {
  const rules = [...new Set(operations.map(({ retry }) => JSON.stringify(retry)))];
  const rows = operations.map(({ id, retry, ...operation }) => {
    const row = JSON.stringify(operation).slice(0, -1);
    return `  ${id}: ${row}, retry: retry${rules.indexOf(JSON.stringify(retry))} },\n`;
  });
  return [
    ...rules.map((rule, index) => `const retry${index} = ${rule} as const;\n`),
    `\nexport const operations = {\n${rows.join("")}} as const;\n`,
  ].join("");
}

// An environment without a server has the one whose address is the resource of its tokens.
const environments = Object.fromEntries(
  Object.entries(contract.securitySchemes.appUser?.environments ?? {}).map(
    ([name, { resource }]) => {
      const server =
        contract.servers.find(({ environment }) => environment === name) ??
        contract.servers.find(({ url }) => url === resource);
      if (!server) throw new Error(`The contract has no server of ${name}`);
      return [name, { baseUrl: server.url, scope: `${resource}/.default` }];
    },
  ),
);
const environmentNames = Object.keys(environments).map((name) => JSON.stringify(name));

/**
 * Lets the optional members of what callers give, parameters and request bodies, be `undefined`, which
 * `exactOptionalPropertyTypes` would otherwise refuse.
 */
function orUndefined(nodes: ts.Node[]): ts.Node[] {
  const f = ts.factory;
  const { transformed } = ts.transform(nodes, [
    (context) => {
      const visit = (node: ts.Node, isGiven: boolean): ts.Node => {
        const own = isGiven || (ts.isPropertySignature(node) && isInput(node.name));
        const visited = ts.visitEachChild(node, (child) => visit(child, own), context);
        if (!own || !ts.isPropertySignature(visited) || !visited.questionToken) return visited;
        const { modifiers, name: member, questionToken, type } = visited;
        if (!type || type.kind === ts.SyntaxKind.NeverKeyword) return visited;
        const wider = f.createUnionTypeNode([
          ...(ts.isUnionTypeNode(type) ? type.types : [type]),
          f.createKeywordTypeNode(ts.SyntaxKind.UndefinedKeyword),
        ]);
        return f.updatePropertySignature(visited, modifiers, member, questionToken, wider);
      };
      return (node) => visit(node, false);
    },
  ]);
  return transformed;
}

/** Whether a member is one that holds what callers give. */
function isInput(name: ts.PropertyName): boolean {
  const text = ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : "";
  return text === "parameters" || text.endsWith("Request");
}

const schemas = await openapiTS(structuredClone(document) as never, {
  transform: (schema) => openSet(schema as unknown as Schema),
});
// openapi-fetch 0.17 takes `string & {}` for an object (openapi-typescript issue 2765), so an open
// set is a plain string in what it is given.
const paths = await openapiTS(structuredClone(document) as never);

const directory = output
  ? pathToFileURL(`${output}/`)
  : new URL("./src/generated/", import.meta.url);
const schemaByName = `
/** A schema of the contract, by its name. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];
`;
// Plain strings, since a literal type would make each release incompatible with the one before.
const versions = (client: string, contractOfClient: string) => `\
/** The version of this package, which each request carries. */
export const clientVersion: string = ${JSON.stringify(client)};

/** The version of the contract that this package was generated from. */
export const contractVersion: string = ${JSON.stringify(contractOfClient)};
`;
const files = {
  schemas: astToString(orUndefined(schemas)) + schemaByName,
  paths: astToString(orUndefined(paths)),
  operations: operationsTable(),
  environments: `\
/** The Partner Center environments. 21Vianet operates \`china\`. */
export type EnvironmentName = ${environmentNames.join(" | ")};

export const environments: Record<EnvironmentName, { baseUrl: string; scope: string }> = \
${JSON.stringify(environments, null, 2)};
`,
  version: versions(manifest.version, contract.version),
};
await mkdir(directory, { recursive: true });
for (const [name, text] of Object.entries(files)) {
  const header = "// Generated from the contract. Edits are overwritten.\n\n";
  await writeFile(new URL(`${name}.ts`, directory), header + text);
}
