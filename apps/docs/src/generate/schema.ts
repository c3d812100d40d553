import {
  asSchema,
  contract,
  groundsOf,
  numberAt,
  propertiesOf,
  requiredOf,
  type Schema,
  schemasAt,
} from "@partner-qualifications/spec/model";
import { blocks, groundsNote, inlineCode, prose } from "./markdown.ts";

/** Describes a value in a few words: `string, date-time`. */
export function typeOf(schema: Schema): string {
  const { type, format, items, title } = schema;
  if (items) return `array of ${String(asSchema(items).title ?? typeOf(asSchema(items)))}`;
  if (openSet(schema)) return "string";
  const branches = schemasAt(schema, schema.oneOf ? "oneOf" : "anyOf");
  if (branches.length > 0) return [...new Set(branches.map(typeOf))].join(" or ");
  if (type === "object" && title) return String(title);
  return [type ?? "any", format].filter(Boolean).join(", ");
}

/** The known values of a set of strings that may grow. */
function openSet(schema: Schema): unknown[] | undefined {
  const open = contract.openSet(schema);
  return open?.allowsIntegers ? undefined : open?.known;
}

function eachAsCode(values: unknown[]): string {
  return values.map(inlineCode).join(", ");
}

function valuesOf(schema: Schema): unknown[] {
  return Array.isArray(schema.enum) ? schema.enum : [];
}

/** The rules that a value keeps beyond its type. */
function limitsOf(schema: Schema): string[] {
  const [minLength, maxLength] = [numberAt(schema, "minLength"), numberAt(schema, "maxLength")];
  const [minimum, maximum] = [numberAt(schema, "minimum"), numberAt(schema, "maximum")];
  const known = openSet(schema) ?? schemasAt(schema, "anyOf").flatMap(valuesOf);
  return [
    schema.enum && `One of ${eachAsCode(valuesOf(schema))}.`,
    // A long list, such as the error codes, has a separate page.
    known.length > 0 && known.length <= 12 && `Known values: ${eachAsCode(known)}.`,
    minLength !== undefined && maxLength !== undefined
      ? `${minLength} to ${maxLength} characters.`
      : maxLength !== undefined && `At most ${maxLength} characters.`,
    minimum !== undefined && maximum !== undefined
      ? `From ${minimum} to ${maximum}.`
      : minimum !== undefined && `At least ${minimum}.`,
    schema.pattern && `Pattern ${inlineCode(schema.pattern)}.`,
  ].filter((line) => typeof line === "string");
}

/** One name with its type, description, rules and grounds, as an item of a list. */
export function entry(
  name: string,
  schema: Schema,
  options: {
    id: string;
    required?: boolean;
    description?: string | undefined;
    inside?: string | undefined;
  },
): string {
  const { id, required = false, inside } = options;
  const description = options.description ?? schema.description;
  const example = schema.example !== undefined && `Example: ${inlineCode(schema.example)}.`;
  const rules = [...limitsOf(schema), example].filter(Boolean).join(" ");
  return blocks(
    `<li id="${id}">`,
    `\`${name}\` <span class="type">${typeOf(schema)}</span>${required ? ' <span class="required">required</span>' : ""}`,
    typeof description === "string" && prose(description),
    rules && `<div class="rules">\n\n${rules}\n\n</div>`,
    groundsNote(groundsOf(schema)),
    inside,
    "</li>",
  );
}

/** A list of entries. */
export function list(entries: string[]): string {
  return blocks('<ul class="entries">', ...entries, "</ul>");
}

/** One tab for each kind, which also work without JavaScript and all are printed. */
function tabs(id: string, kinds: { title: string; text: string }[]): string {
  const choices = kinds.map(
    ({ title }, index) =>
      `<input type="radio" name="${id}-kind" id="${id}-kind-${index}"${index === 0 ? " checked" : ""}><label for="${id}-kind-${index}">${words(title)}</label>`,
  );
  const panels = kinds.map(({ title, text }) =>
    blocks('<div class="kind">', `<p class="kind-name">${words(title)}</p>`, text, "</div>"),
  );
  return blocks(
    `<div class="kinds">\n<div class="tabs" role="group" aria-label="Kind of body">${choices.join("")}</div>`,
    ...panels,
    "</div>",
  );
}

/** `EducationRequest` as `Education`, `StateOwnedEntityRequest` as `State Owned Entity`. */
function words(title: string): string {
  return title.replace(/Request$/, "").replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ");
}

/** Everything below a body's schema: its members, and theirs. */
export function members(schema: Schema, id: string): string | undefined {
  if (schema.items) return members(asSchema(schema.items), id);
  const branches = schemasAt(schema, schema.oneOf ? "oneOf" : "anyOf").filter(
    (branch) => branch.properties,
  );
  if (branches.length > 0) {
    const kinds = branches.map((branch) => {
      const title = String(branch.title ?? "");
      const text = blocks(
        typeof branch.description === "string" && prose(branch.description),
        groundsNote(groundsOf(branch)),
        members(branch, `${id}-${title}`),
      );
      return { title, text };
    });
    return tabs(id, kinds);
  }
  if (!schema.properties) return undefined;
  const required = requiredOf(schema);
  const own = propertiesOf(schema).map(([name, property]) => {
    const inner = members(property, `${id}-${name}`);
    return entry(name, property, {
      id: `${id}-${name}`,
      required: required.includes(name),
      inside:
        inner && blocks("<details>", `<summary>Members of ${name}</summary>`, inner, "</details>"),
    });
  });
  return list(own);
}
