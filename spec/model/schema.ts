/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

export interface JsonObject {
  [name: string]: Json;
}

/**
 * A JSON Schema (2020-12), as an object. References stay in place and are absolute, for example
 * `contract#/components/schemas/ValidationCode`.
 */
export interface Schema {
  readonly [keyword: string]: Json;
}

/** The sources and assumptions of a statement. */
export interface Grounds {
  /** Keys of `evidence.yaml`, or numbers of `contradictions.yaml` (`x-evidence`). */
  evidence: string[];
  /** Numbers of `assumptions.yaml` (`x-assumption`). */
  assumptions: string[];
}

/** The known values of an open set. Any other string is valid too. */
export interface OpenSet {
  known: string[];
  /** Whether an integer is valid too. */
  allowsIntegers: boolean;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Returns a node as a schema object: `false` as `{ not: {} }`, and `true` or a missing one as `{}`. */
export function asSchema(node: Json | undefined): Schema {
  if (node === false) return { not: {} };
  return isObject(node) ? node : {};
}

/** Returns the types of a schema; empty if it allows all. */
export function typesOf(schema: Schema): string[] {
  return strings(typeof schema.type === "string" ? [schema.type] : schema.type);
}

/** Returns the number of a keyword such as `maxLength`. */
export function numberAt(schema: Schema, keyword: string): number | undefined {
  const value = schema[keyword];
  return typeof value === "number" ? value : undefined;
}

/** Returns the schemas of a keyword such as `anyOf`. */
export function schemasAt(schema: Schema, keyword: string): Schema[] {
  const value = schema[keyword];
  return Array.isArray(value) ? value.map(asSchema) : [];
}

/** Returns the schemas of an object's members, by name. */
export function propertiesOf(schema: Schema): [string, Schema][] {
  return Object.entries(asSchema(schema.properties)).map(([name, node]) => [name, asSchema(node)]);
}

/** Returns the names of an object's required members. */
export function requiredOf(schema: Schema): string[] {
  return strings(schema.required);
}

/** Returns the grounds of a schema or another part of the document. */
export function groundsOf(node: Schema): Grounds {
  return { evidence: strings(node["x-evidence"]), assumptions: strings(node["x-assumption"]) };
}

export function strings(node: Json | undefined): string[] {
  return Array.isArray(node) ? node.map(String) : [];
}
