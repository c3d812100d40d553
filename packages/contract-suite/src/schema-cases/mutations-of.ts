import {
  asSchema,
  isObject,
  type Json,
  type JsonObject,
  numberAt,
  propertiesOf,
  requiredOf,
  type Schema,
  schemasAt,
  typesOf,
} from "@partner-qualifications/spec/model";
import { keyOf, typeOf } from "./json.ts";
import type { Schemas } from "./schemas.ts";
import { boundariesOf } from "./boundaries-of.ts";
import { brokenStrings } from "./strings.ts";

/** A schema keyword and its place in the schema. */
export interface Keyword {
  /** A JSON pointer into the schema, with references followed. */
  pointer: string;
  keyword: string;
}

/** An invalid value, made from a valid one by violating one keyword. */
export interface Mutation {
  value: Json;
  /** The violated keyword; several if the same value violates several. */
  breaks: Keyword[];
}

type Made = Keyword & { value: Json };

const deepest = 5;

/**
 * Returns values that violate one keyword of a schema each, at every place.
 *
 * Values that the complete schema accepts are dropped: no value violates the `enum` of an open set.
 */
export function mutationsOf(schemas: Schemas, schema: Schema): Mutation[] {
  const kept = new Map<string, Mutation>();
  for (const { value, pointer, keyword } of broken(schemas, schema, "", 0)) {
    const key = keyOf(value);
    const known = kept.get(key);
    if (known) addKeyword(known.breaks, { pointer, keyword });
    else if (schemas.refusal(schema, value) !== undefined) {
      kept.set(key, { value, breaks: [{ pointer, keyword }] });
    }
  }
  return [...kept.values()];
}

/** Adds a keyword if it is missing. */
export function addKeyword(keywords: Keyword[], { pointer, keyword }: Keyword): void {
  const isSame = (other: Keyword) => other.pointer === pointer && other.keyword === keyword;
  if (!keywords.some(isSame)) keywords.push({ pointer, keyword });
}

function broken(schemas: Schemas, node: Schema, pointer: string, depth: number): Made[] {
  if (depth > deepest) return [];
  const schema = schemas.resolve(node);
  const made = (keyword: string, ...values: Json[]): Made[] =>
    values.map((value) => ({ pointer, keyword, value }));
  const valid = boundariesOf(schemas, node, depth);
  const inBranches = ["anyOf", "oneOf", "allOf"].flatMap((keyword) =>
    schemasAt(schema, keyword).flatMap((branch, index) =>
      broken(schemas, branch, `${pointer}/${keyword}/${index}`, depth),
    ),
  );
  return [
    ...brokenTypes(schema).flatMap((value) => made("type", value)),
    ...brokenSets(schema).flatMap(([keyword, value]) => made(keyword, value)),
    ...brokenNumbers(schema).flatMap(([keyword, value]) => made(keyword, value)),
    ...(valid.some((value) => typeof value === "string")
      ? brokenStrings(
          schema,
          valid.filter((value) => typeof value === "string"),
        ).flatMap(([keyword, value]) => made(keyword, value))
      : []),
    ...brokenObjects(schemas, schema, pointer, valid.filter(isObject), depth),
    ...brokenArrays(schemas, schema, pointer, valid.filter(Array.isArray) as Json[][], depth),
    ...inBranches,
  ];
}

/** Returns one value of each type that the schema excludes. */
function brokenTypes(schema: Schema): Json[] {
  const types = typesOf(schema);
  if (types.length === 0) return [];
  return ["text", 42, 4.2, true, null, [], {}].filter((value) => {
    const type = typeOf(value);
    return !types.includes(type) && !(type === "integer" && types.includes("number"));
  });
}

/** Returns an undocumented value, and documented ones in another case. */
function brokenSets({ enum: values, const: constant }: Schema): [string, Json][] {
  const keyword = constant === undefined ? "enum" : "const";
  const named = constant === undefined ? values : [constant];
  if (!Array.isArray(named)) return [];
  const text = named.find((value) => typeof value === "string");
  const other: Json[] =
    text === undefined
      ? [2_147_483_646, -1]
      : [`Not${text}`, text.toUpperCase(), text.toLowerCase(), `${text} `];
  return other.filter((value) => !named.includes(value)).map((value) => [keyword, value]);
}

function brokenNumbers(schema: Schema): [string, number][] {
  const edges: [string, (edge: number) => number][] = [
    ["minimum", (edge) => edge - 1],
    ["maximum", (edge) => edge + 1],
    ["exclusiveMinimum", (edge) => edge],
    ["exclusiveMaximum", (edge) => edge],
    ["multipleOf", (edge) => edge / 2],
  ];
  return edges.flatMap(([keyword, beyond]): [string, number][] => {
    const edge = numberAt(schema, keyword);
    return edge === undefined ? [] : [[keyword, beyond(edge)]];
  });
}

function brokenObjects(
  schemas: Schemas,
  schema: Schema,
  pointer: string,
  [base]: JsonObject[],
  depth: number,
): Made[] {
  if (base === undefined) return [];
  const missing = requiredOf(schema).map((name): Made => {
    const { [name]: _, ...value } = base;
    return { pointer, keyword: "required", value };
  });
  const [first = "member"] = Object.keys(base);
  const capital = first.charAt(0).toUpperCase() + first.slice(1);
  const unknown = [{ [capital]: base[first] as Json }, { unknownMember: "x" }].map(
    (more): Made => ({ pointer, keyword: "additionalProperties", value: { ...base, ...more } }),
  );
  const members = propertiesOf(schema).flatMap(([name, member]) =>
    broken(schemas, member, `${pointer}/properties/${name}`, depth + 1).map(
      ({ pointer: at, keyword, value }): Made => ({
        pointer: at,
        keyword,
        value: { ...base, [name]: value },
      }),
    ),
  );
  return [...missing, ...("additionalProperties" in schema ? unknown : []), ...members];
}

function brokenArrays(
  schemas: Schemas,
  schema: Schema,
  pointer: string,
  valid: Json[][],
  depth: number,
): Made[] {
  const base = valid.find(({ length }) => length > 0);
  if (base === undefined) return [];
  const [item = null] = base;
  const least = numberAt(schema, "minItems");
  const most = numberAt(schema, "maxItems");
  const made = (keyword: string, value: Json[]): Made => ({ pointer, keyword, value });
  return [
    ...(least ? [made("minItems", base.slice(0, least - 1))] : []),
    ...(most !== undefined && most < 1000
      ? [
          made(
            "maxItems",
            Array.from({ length: most + 1 }, () => item),
          ),
        ]
      : []),
    ...(schema.uniqueItems === true ? [made("uniqueItems", [item, item])] : []),
    ...broken(schemas, asSchema(schema.items), `${pointer}/items`, depth + 1).map(
      ({ pointer: at, keyword, value }): Made => ({ pointer: at, keyword, value: [value] }),
    ),
  ];
}
