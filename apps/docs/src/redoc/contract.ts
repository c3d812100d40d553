import {
  isObject,
  type Json,
  type JsonObject,
  type Operation,
} from "@partner-qualifications/spec/model";

/** Where Redoc puts an operation: the names in lower case, with dashes. */
export const anchorOf = ({ tag, id }: Operation) =>
  `#/${tag}/${id}`.toLowerCase().replaceAll(" ", "-");

const grounds = ["x-evidence", "x-assumption"];

/**
 * Returns the document as Redoc shows it, under the name of the site. Each operation ends with the number of its
 * sources and a link to its own page, which has them in full; Redoc would print their keys before the prose.
 */
export function forRedoc(document: JsonObject): JsonObject {
  const { info, ...rest } = withoutGrounds(document) as JsonObject;
  return { ...rest, info: { ...(info as JsonObject), title: "Partner Center qualifications" } };
}

function withoutGrounds(node: Json): Json {
  if (Array.isArray(node)) return node.map(withoutGrounds);
  if (!isObject(node)) return node;
  const entries = Object.entries(node).filter(([key]) => !grounds.includes(key));
  const copy = Object.fromEntries(entries.map(([key, value]) => [key, withoutGrounds(value)]));
  const { operationId } = node;
  if (typeof operationId !== "string") return copy;
  const count = grounds.flatMap((key) => node[key] ?? []).length;
  const page = `../reference/${operationId}`;
  // Redoc 3 does not show the external documentation of an operation.
  const line = `[Try it, and samples in five languages](${page}) · [Sources: ${count}](${page}#sources)`;
  return { ...copy, description: `${String(node.description)}\n\n${line}` };
}
