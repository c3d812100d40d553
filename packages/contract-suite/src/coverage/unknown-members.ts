import { isObject, type Json } from "../contract/json.ts";
import type { Contract } from "../contract/read-contract.ts";
import { asSchema, propertiesOf, type Schema, schemasAt } from "../contract/schema.ts";

/** The members of a value that a schema lets pass without knowing them, as pointers into the value. */
export function unknownMembers(contract: Contract, schema: Schema, value: Json): string[] {
  return walk(contract, [schema], value, "");
}

/** @param schemas All that are about the value. */
function walk(contract: Contract, schemas: Schema[], value: Json, pointer: string): string[] {
  const parts = schemas.flatMap((schema) => partsOf(contract, schema, value));
  if (Array.isArray(value)) {
    const items = parts.filter((part) => "items" in part).map((part) => asSchema(part.items));
    return value.flatMap((item) => walk(contract, items, item, `${pointer}/*`));
  }
  // An object of which nothing is said is a free one.
  if (!isObject(value) || !parts.some((part) => "properties" in part)) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const known = parts
      .flatMap(propertiesOf)
      .filter(([property]) => property === name)
      .map(([, part]) => part);
    const at = `${pointer}/${name}`;
    return known.length === 0 ? [at] : walk(contract, known, member, at);
  });
}

/** A schema and those of its branches that accept a value. */
function partsOf(contract: Contract, node: Schema, value: Json): Schema[] {
  const schema = contract.resolve(node);
  const branches = ["anyOf", "oneOf", "allOf"]
    .flatMap((keyword) => schemasAt(schema, keyword))
    .filter((branch) => contract.refusal(branch, value) === undefined);
  return [schema, ...branches.flatMap((branch) => partsOf(contract, branch, value))];
}
