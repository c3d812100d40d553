import type { Json } from "./json.ts";

/** A schema of JSON Schema 2020-12, as an object. */
export interface Schema {
  readonly [keyword: string]: Json;
}

/** `true` and `false` are schemas too. */
export function asSchema(node: Json | undefined): Schema {
  if (node === false) return { not: {} };
  return typeof node === "object" && node !== null && !Array.isArray(node) ? node : {};
}

/** The types that a schema names; none when it lets all pass. */
export function typesOf(schema: Schema): string[] {
  const { type } = schema;
  return typeof type === "string" ? [type] : Array.isArray(type) ? (type as string[]) : [];
}

export function numberAt(schema: Schema, keyword: string): number | undefined {
  const value = schema[keyword];
  return typeof value === "number" ? value : undefined;
}

export function schemasAt(schema: Schema, keyword: string): Schema[] {
  const value = schema[keyword];
  return Array.isArray(value) ? value.map(asSchema) : [];
}

/** The schemas of an object's members by name. */
export function propertiesOf(schema: Schema): [string, Schema][] {
  return Object.entries(asSchema(schema.properties)).map(([name, node]) => [name, asSchema(node)]);
}

export function requiredOf(schema: Schema): string[] {
  return Array.isArray(schema.required) ? (schema.required as string[]) : [];
}
