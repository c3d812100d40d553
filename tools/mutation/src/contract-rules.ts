// Mutants of the contract: each loses or changes one statement that a server can contradict.

type Json = Record<string, unknown>;

/** One change to the contract, at a path of keys. */
export interface ContractMutant {
  defect: string;
  keys: string[];
  /** Undefined removes the value. */
  value?: unknown;
}

const otherType: Record<string, string> = {
  string: "integer",
  integer: "string",
  boolean: "string",
  array: "object",
  object: "array",
};

/** Returns the mutants that each rule makes of a bundled contract, by the name of the rule. */
export function contractMutants(contract: Json): Record<string, ContractMutant[]> {
  return {
    status: lostStatuses(contract),
    security: widenedSecurity(contract),
    parameter: lostParameters(contract),
    header: requiredHeaders(contract),
    property: lostProperties(contract),
    type: changedTypes(contract),
    limit: loweredLimits(contract),
  };
}

/**
 * Returns a copy of the contract with one mutant in it.
 *
 * @throws {RangeError} When the contract has nothing at the mutant's path.
 */
export function mutated(contract: Json, { defect, keys, value }: ContractMutant): Json {
  const copy = structuredClone(contract);
  const last = keys.at(-1) ?? "";
  const parent = keys
    .slice(0, -1)
    .reduce<Json | undefined>((node, key) => node?.[key] as Json | undefined, copy);
  if (!parent) throw new RangeError(`The contract has no ${keys.join(" › ")}: ${defect}`);
  if (Array.isArray(parent) && value === undefined) parent.splice(Number(last), 1);
  else if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

/** The suite provokes these for some operations only: they come from the gateway or from a fault. */
const rareStatuses = /^(405|408|429|5..)$/;

function lostStatuses(contract: Json): ContractMutant[] {
  return operationsOf(contract).flatMap(({ keys, operation }) =>
    Object.keys(operation.responses as Json)
      .filter((status) => !rareStatuses.test(status))
      .map((status) => ({
        defect: `${String(operation.operationId)} does not document ${status}`,
        keys: [...keys, "responses", status],
      })),
  );
}

/** An operation for users that documents every kind of token. */
function widenedSecurity(contract: Json): ContractMutant[] {
  const { securitySchemes } = contract.components as { securitySchemes: Json };
  const all = Object.keys(securitySchemes).map((name) => ({ [name]: [] }));
  return operationsOf(contract)
    .filter(({ operation }) => (operation.security as Json[]).length < all.length)
    .map(({ keys, operation }) => ({
      defect: `${String(operation.operationId)} accepts every kind of token`,
      keys: [...keys, "security"],
      value: all,
    }));
}

/** Without a required parameter, valid requests lack it. */
function lostParameters({ paths, components }: Json): ContractMutant[] {
  const { parameters: shared } = components as { parameters: Record<string, Json> };
  return Object.entries(paths as Record<string, { parameters?: Json[] }>).flatMap(
    ([path, { parameters = [] }]) =>
      parameters.flatMap((parameter, index) => {
        const {
          name,
          in: place,
          required,
        } = shared[String(parameter.$ref).split("/").at(-1) ?? ""] ?? parameter;
        if (required !== true || place === "path") return [];
        const keys = ["paths", path, "parameters", String(index)];
        return [{ defect: `${path} has no ${String(name)}`, keys }];
      }),
  );
}

/** A header that no response has is required. */
function requiredHeaders({ components }: Json): ContractMutant[] {
  const { responses } = components as { responses: Record<string, Json> };
  return Object.entries(responses).map(([name, { headers }]) => ({
    defect: `the response ${name} requires X-Mutant`,
    keys: ["components", "responses", name, "headers"],
    value: { ...(headers as Json), "X-Mutant": { required: true, schema: { type: "string" } } },
  }));
}

/** A response without a property. What a request may have beside the documented, no server can contradict. */
function lostProperties({ components }: Json): ContractMutant[] {
  const returned = propertiesOf(components).filter(({ name }) => !/Request\./.test(name));
  return returned.map(({ name, keys }) => ({ defect: `${name} is lost`, keys }));
}

function changedTypes({ components }: Json): ContractMutant[] {
  return propertiesOf(components).flatMap(({ name, keys, schema }) => {
    const other = otherType[String(schema.type)];
    return other
      ? [{ defect: `${name} is of type ${other}`, keys: [...keys, "type"], value: other }]
      : [];
  });
}

/** A required text that its example shows to be longer has at most two characters. */
function loweredLimits({ components }: Json): ContractMutant[] {
  return propertiesOf(components)
    .filter(({ isRequired, schema }) => isRequired && String(schema.example ?? "").length > 2)
    .filter(({ schema }) => "maxLength" in schema)
    .map(({ name, keys }) => ({
      defect: `${name} has at most 2 characters`,
      keys: [...keys, "maxLength"],
      value: 2,
    }));
}

interface Property {
  name: string;
  keys: string[];
  isRequired: boolean;
  schema: Json;
}

function propertiesOf(components: unknown): Property[] {
  const { schemas } = components as {
    schemas: Record<string, { properties?: Json; required?: string[] }>;
  };
  return Object.entries(schemas).flatMap(([schema, { properties = {}, required = [] }]) =>
    Object.entries(properties).map(([property, value]) => ({
      name: `${schema}.${property}`,
      keys: ["components", "schemas", schema, "properties", property],
      isRequired: required.includes(property),
      schema: value as Json,
    })),
  );
}

function operationsOf({ paths }: Json): { keys: string[]; operation: Json }[] {
  return Object.entries(paths as Json).flatMap(([path, item]) =>
    Object.entries(item as Json)
      .filter(([, operation]) => "responses" in (operation as Json))
      .map(([method, operation]) => ({
        keys: ["paths", path, method],
        operation: operation as Json,
      })),
  );
}
