// Writes src/generated/ from the bundled contract: its schemas, its paths, a table of its operations
// and its environments.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript5";

type Schema = { $ref?: string; type?: string; enum?: string[]; anyOf?: Schema[] };
interface Operation {
  operationId?: string;
  security?: Record<string, string[]>[];
  "x-idempotency": { header: string };
  "x-retry": {
    statuses: number[];
    noAnswer: boolean;
    maxAttempts: number;
    backoff: { initial: string; max: string; factor: number };
  };
}
interface Contract {
  servers: { url: string; "x-environment"?: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, Schema>;
    securitySchemes: { appUser: { "x-environments": Record<string, { resource: string }> } };
  };
}

// Another contract may be given, as a test does.
const contractFile =
  process.argv[2] ??
  createRequire(import.meta.url).resolve("@partner-qualifications/spec/openapi.json");
const contract = JSON.parse(await readFile(contractFile, "utf8")) as Contract;

/**
 * An open set, `anyOf: [the known values, { type: string }]`, becomes
 * `"A" | "B" | (string & {})`. As plain `string`, which is what the generator would make of it,
 * editors could not complete the known values. A number may stand beside it.
 */
function openSet(schema: Schema): ts.TypeNode | undefined {
  const anyOf = (schema.anyOf ?? []).map(
    (member) => contract.components.schemas[member.$ref?.split("/").at(-1) ?? ""] ?? member,
  );
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

/** @param duration Minutes and seconds of an ISO 8601 duration, which is all that a back-off needs. */
function milliseconds(duration: string): number {
  const [, minutes = 0, seconds = 0] = /^PT(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(duration) ?? [];
  const result = (Number(minutes) * 60 + Number(seconds)) * 1000;
  if (!(result > 0)) throw new Error(`Cannot read the duration ${duration}`);
  return result;
}

const operations = Object.entries(contract.paths).flatMap(([path, item]) =>
  Object.entries(item).flatMap(([method, operation]) => {
    if (operation.operationId === undefined) return [];
    const { statuses, noAnswer, maxAttempts, backoff } = operation["x-retry"];
    return {
      id: operation.operationId,
      method: method.toUpperCase(),
      path,
      // Whether a token without a user is refused.
      needsUser: !operation.security?.some((scheme) => "appOnly" in scheme),
      idempotencyHeader: operation["x-idempotency"].header.toLowerCase(),
      retry: {
        statuses,
        noAnswer,
        maxAttempts,
        initialMs: milliseconds(backoff.initial),
        maxMs: milliseconds(backoff.max),
        factor: backoff.factor,
      },
    };
  }),
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

const resources = contract.components.securitySchemes.appUser["x-environments"];
const environments = Object.fromEntries(
  contract.servers.flatMap(({ url, "x-environment": name }) =>
    name ? [[name, { baseUrl: url, scope: `${resources[name]?.resource}/.default` }]] : [],
  ),
);

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

const schemas = await openapiTS(structuredClone(contract) as never, {
  transform: (schema) => openSet(schema as Schema),
});
// openapi-fetch 0.17 takes `string & {}` for an object (openapi-typescript issue 2765), so an open
// set is a plain string in what it is given.
const paths = await openapiTS(structuredClone(contract) as never);

const directory = new URL("./src/generated/", import.meta.url);
const constant = (name: string, value: unknown) =>
  `export const ${name} = ${JSON.stringify(value, null, 2)} as const;\n`;
const files = {
  schemas: astToString(orUndefined(schemas)),
  paths: astToString(orUndefined(paths)),
  operations: operationsTable(),
  environments: constant("environments", environments),
};
await mkdir(directory, { recursive: true });
for (const [name, text] of Object.entries(files)) {
  const header = "// Generated from the contract. Edits are overwritten.\n\n";
  await writeFile(new URL(`${name}.ts`, directory), header + text);
}
