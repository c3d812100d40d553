import type { Schema } from "../contract.ts";
import { blocks, groundsNote, inlineCode, prose } from "./markdown.ts";

/** What a value looks like, in a few words: `string, date-time`. */
export function typeOf(schema: Schema): string {
  const { type, format, items, title } = schema;
  if (items) return `array of ${items.title ?? typeOf(items)}`;
  const open = openSet(schema);
  if (open) return "string";
  const branches = schema.oneOf ?? schema.anyOf;
  if (branches) return [...new Set(branches.map(typeOf))].join(" or ");
  if (type === "object" && title) return title;
  return [type ?? "any", format].filter(Boolean).join(", ");
}

/** The known values of a set that may grow: an enumeration or any string. */
function openSet({ anyOf = [] }: Schema): unknown[] | undefined {
  const [known, rest, ...more] = anyOf;
  const isOpen = known?.enum && rest?.type === "string" && !rest.enum && more.length === 0;
  return isOpen ? known.enum : undefined;
}

function eachAsCode(values: unknown[]): string {
  return values.map(inlineCode).join(", ");
}

/** The rules that a value keeps beyond its type. */
function limitsOf(schema: Schema): string[] {
  const { minLength, maxLength, minimum, maximum, pattern } = schema;
  const known = openSet(schema) ?? schema.anyOf?.flatMap((branch) => branch.enum ?? []);
  return [
    schema.enum && `One of ${eachAsCode(schema.enum)}.`,
    // A long list, such as the error codes, has a page of its own.
    known && known.length > 0 && known.length <= 12 && `Known values: ${eachAsCode(known)}.`,
    minLength !== undefined && maxLength !== undefined
      ? `${minLength} to ${maxLength} characters.`
      : maxLength !== undefined && `At most ${maxLength} characters.`,
    minimum !== undefined && maximum !== undefined
      ? `From ${minimum} to ${maximum}.`
      : minimum !== undefined && `At least ${minimum}.`,
    pattern && `Pattern ${inlineCode(pattern)}.`,
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
  const { id, required = false, description = schema.description, inside } = options;
  const example = schema.example !== undefined && `Example: ${inlineCode(schema.example)}.`;
  const rules = [...limitsOf(schema), example].filter(Boolean).join(" ");
  return blocks(
    `<li id="${id}">`,
    `\`${name}\` <span class="type">${typeOf(schema)}</span>${required ? ' <span class="required">required</span>' : ""}`,
    description && prose(description),
    rules && `<div class="rules">\n\n${rules}\n\n</div>`,
    groundsNote(schema),
    inside,
    "</li>",
  );
}

/** A list of entries. */
export function list(entries: string[]): string {
  return blocks('<ul class="entries">', ...entries, "</ul>");
}

/** Everything below a body's schema: its members, and theirs. */
export function members(schema: Schema, id: string): string | undefined {
  const { items, properties, oneOf, anyOf } = schema;
  if (items) return members(items, id);
  const branches = (oneOf ?? anyOf ?? []).filter((branch) => branch.properties);
  if (branches.length > 0) {
    return blocks(
      ...branches.map((branch) => {
        const inner = `${id}-${branch.title ?? ""}`;
        return blocks(
          `### ${branch.title}`,
          branch.description && prose(branch.description),
          groundsNote(branch),
          members(branch, inner),
        );
      }),
    );
  }
  if (!properties) return undefined;
  const own = Object.entries(properties).map(([name, property]) => {
    const inner = members(property, `${id}-${name}`);
    return entry(name, property, {
      id: `${id}-${name}`,
      required: schema.required?.includes(name) ?? false,
      inside:
        inner && blocks("<details>", `<summary>Members of ${name}</summary>`, inner, "</details>"),
    });
  });
  return list(own);
}
