import {
  type Json,
  type Parameter,
  type Schema,
  typesOf,
} from "@partner-qualifications/spec/model";
import type { Schemas } from "./schemas.ts";
import { boundariesOf } from "./boundaries-of.ts";
import { addKeyword, type Keyword, mutationsOf } from "./mutations-of.ts";

/** Returns texts at the boundaries of a parameter's schema, after its examples. */
export function validTexts(schemas: Schemas, parameter: Parameter): string[] {
  const values = [
    ...Object.values(parameter.examples).map(({ value }) => value),
    ...boundariesOf(schemas, parameter.schema),
  ];
  const texts = values.map(textOf).filter((text) => text !== undefined);
  return [...new Set(texts)].filter(
    (text) => canTravel(parameter.in, text) && accepts(schemas, parameter.schema, text),
  );
}

/** An invalid text for a parameter, however it is parsed. */
export interface BrokenText {
  text: string;
  breaks: Keyword[];
}

/** Returns texts that violate one keyword of a parameter each. */
export function brokenTexts(schemas: Schemas, parameter: Parameter): BrokenText[] {
  const { schema } = parameter;
  const types = typesOf(schemas.resolve(schema));
  const odd: [string, string[]][] = [
    // Numbers for a lenient parser: hexadecimal, a blank, a sign, a fraction.
    ["integer", ["0x10", " 5", "+5", "1.5", "NaN", "five"]],
    ["number", ["0x10", "1,5", "Infinity", "five"]],
    ["boolean", ["TRUE", "1", "yes"]],
  ];
  const all = [
    ...mutationsOf(schemas, schema).map(({ value, breaks }) => ({ text: textOf(value), breaks })),
    ...odd
      .filter(([type]) => types.includes(type))
      .flatMap(([, texts]) => texts.map((text) => ({ text, breaks: [typeKeyword] }))),
    // `?name=` differs from a missing parameter (OpenAPI 3.1, allowEmptyValue).
    { text: "", breaks: [{ pointer: "", keyword: "empty" }] },
  ];
  const kept = new Map<string, BrokenText>();
  for (const { text, breaks } of all) {
    if (text === undefined || !canTravel(parameter.in, text)) continue;
    if (accepts(schemas, schema, text)) continue;
    const known = kept.get(text);
    if (known) for (const one of breaks) addKeyword(known.breaks, one);
    else kept.set(text, { text, breaks: [...breaks] });
  }
  return [...kept.values()];
}

const typeKeyword: Keyword = { pointer: "", keyword: "type" };

/** Serializes a value for a path, a query or a header; undefined if it has no such form. */
export function textOf(value: Json): string | undefined {
  return typeof value === "object" ? undefined : String(value);
}

/** Whether a parameter's schema accepts any reading of a text. */
export function accepts(schemas: Schemas, schema: Schema, text: string): boolean {
  return readingsOf(text).some((value) => schemas.refusal(schema, value) === undefined);
}

/** Returns the values that a text can represent. */
export function readingsOf(text: string): Json[] {
  const readings: Json[] = [text];
  if (/^-?(0|[1-9]\d*)(\.\d+)?$/.test(text)) readings.push(Number(text));
  if (text === "true" || text === "false") readings.push(text === "true");
  return readings;
}

/** Whether a text arrives unchanged: HTTP trims headers, and paths have no empty parts. */
export function canTravel(place: Parameter["in"], text: string): boolean {
  if (place === "path") return !["", ".", ".."].includes(text);
  if (place === "header")
    return /^([\x21-\x7e\xa1-\xff]([\x20-\x7e\xa1-\xff]*[\x21-\x7e\xa1-\xff])?)?$/.test(text);
  return true;
}
