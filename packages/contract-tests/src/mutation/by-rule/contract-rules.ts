import { type Mutant, PatchError } from "../mutant.ts";

type Json = Record<string, unknown>;

/** One change to the contract, at a path of keys. */
interface Change {
  kind: string;
  defect: string;
  keys: string[];
  /** Undefined takes it away. */
  value: unknown;
}

const otherType: Record<string, string> = {
  string: "integer",
  integer: "string",
  boolean: "string",
  array: "object",
  object: "array",
};

/** Every defect that the rules can plant in the contract: what is lost, and what has another type. */
export function contractMutants(file: string, text: string): Mutant[] {
  const contract = JSON.parse(text) as Json;
  const changes = [
    ...lostStatuses(contract),
    ...lostParameters(contract),
    ...lostHeaders(contract),
    ...changedSchemas(contract),
  ];
  return changes.map(({ kind, defect, keys, value }) => ({
    id: `contract/${kind}: ${defect}`,
    part: "contract",
    by: "rule",
    defect,
    place: keys.join(" › "),
    file,
    patch: (current) => changed(current, keys, value, defect),
  }));
}

/**
 * A JSON text with one value changed.
 *
 * @throws {PatchError} When there is none at the path.
 */
export function changed(text: string, keys: string[], value: unknown, defect: string): string {
  const document = JSON.parse(text) as Json;
  const last = keys.at(-1) ?? "";
  const parent = keys
    .slice(0, -1)
    .reduce<Json | undefined>((node, key) => node?.[key] as Json | undefined, document);
  if (!parent || !(last in parent)) throw new PatchError(defect, keys.join(" › "));
  if (Array.isArray(parent) && value === undefined) parent.splice(Number(last), 1);
  else if (value === undefined) delete parent[last];
  else parent[last] = value;
  return JSON.stringify(document);
}

function lostStatuses({ paths }: Json): Change[] {
  return operationsOf(paths as Json).flatMap(({ keys, operation }) =>
    Object.keys(operation.responses as Json).map((status) => ({
      kind: "status",
      defect: `${String(operation.operationId)} no longer documents ${status}`,
      keys: [...keys, "responses", status],
      value: undefined,
    })),
  );
}

function lostParameters(contract: Json): Change[] {
  const paths = contract.paths as Record<string, { parameters?: Json[] }>;
  return Object.entries(paths).flatMap(([path, { parameters = [] }]) =>
    parameters.map((parameter, index) => ({
      kind: "parameter",
      defect: `${path} no longer has ${String(parameter.$ref).split("/").at(-1)}`,
      keys: ["paths", path, "parameters", String(index)],
      value: undefined,
    })),
  );
}

function lostHeaders({ components }: Json): Change[] {
  const { responses } = components as Record<string, Json>;
  return Object.entries(responses ?? {}).flatMap(([name, response]) =>
    Object.keys((response as { headers?: Json }).headers ?? {}).map((header) => ({
      kind: "header",
      defect: `the answer ${name} no longer documents ${header}`,
      keys: ["components", "responses", name, "headers", header],
      value: undefined,
    })),
  );
}

function changedSchemas({ components }: Json): Change[] {
  const { schemas } = components as { schemas: Record<string, { properties?: Json }> };
  return Object.entries(schemas).flatMap(([schema, { properties = {} }]) =>
    Object.entries(properties).flatMap(([property, value]) => {
      const keys = ["components", "schemas", schema, "properties", property];
      const { type } = value as { type?: string };
      const name = `${schema}.${property}`;
      const lost = { kind: "property", defect: `${name} is lost`, keys, value: undefined };
      const other = otherType[type ?? ""];
      if (!other) return [lost];
      const defect = `${name} is of type ${other}`;
      return [lost, { kind: "type", defect, keys: [...keys, "type"], value: other }];
    }),
  );
}

function operationsOf(paths: Json): { keys: string[]; operation: Json }[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item as Json)
      .filter(([, operation]) => "responses" in (operation as Json))
      .map(([method, operation]) => ({
        keys: ["paths", path, method],
        operation: operation as Json,
      })),
  );
}
