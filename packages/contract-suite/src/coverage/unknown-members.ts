import {
  asSchema,
  isObject,
  type Json,
  propertiesOf,
  type Schema,
  schemasAt,
} from "@partner-qualifications/spec/model";
import type { Schemas } from "../schema-cases/schemas.ts";

/** Returns pointers to the members of a value that a schema allows but does not document. */
export function unknownMembers(schemas: Schemas, schema: Schema, value: Json): string[] {
  return walk(schemas, [schema], value, "");
}

/** @param about All schemas that apply to the value. */
function walk(schemas: Schemas, about: Schema[], value: Json, pointer: string): string[] {
  const parts = about.flatMap((schema) => partsOf(schemas, schema, value));
  if (Array.isArray(value)) {
    const items = parts.filter((part) => "items" in part).map((part) => asSchema(part.items));
    return value.flatMap((item) => walk(schemas, items, item, `${pointer}/*`));
  }
  // A schema without properties describes a free-form object.
  if (!isObject(value) || !parts.some((part) => "properties" in part)) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const known = parts
      .flatMap(propertiesOf)
      .filter(([property]) => property === name)
      .map(([, part]) => part);
    const at = `${pointer}/${name}`;
    return known.length === 0 ? [at] : walk(schemas, known, member, at);
  });
}

/** Returns a schema and those of its branches that accept a value. */
function partsOf(schemas: Schemas, node: Schema, value: Json): Schema[] {
  const schema = schemas.resolve(node);
  const branches = ["anyOf", "oneOf", "allOf"]
    .flatMap((keyword) => schemasAt(schema, keyword))
    .filter((branch) => schemas.refusal(branch, value) === undefined);
  return [schema, ...branches.flatMap((branch) => partsOf(schemas, branch, value))];
}
