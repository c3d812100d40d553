import type { JsonObject, Operation } from "@partner-qualifications/spec/model";

/** Where the operation's own page is, relative to Redoc's. */
export const pageOf = (id: string) => `../reference/${id}`;

/** Where Redoc itself puts an operation: the names in lower case, with dashes. */
export const anchorOf = ({ tag, id }: Operation) =>
  `#/${tag}/${id}`.toLowerCase().replaceAll(" ", "-");

/**
 * Returns the document as Redoc shows it: each operation links to its own page, and evidence and
 * assumptions are words, since Redoc would print lists as JSON.
 */
export function forRedoc(document: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(document), (key, value: unknown) => {
    if (/^x-(evidence|assumption)$/.test(key))
      return Array.isArray(value) ? value.join(", ") : value;
    const { operationId, description } = Object(value) as Record<string, unknown>;
    if (typeof operationId !== "string") return value;
    // Redoc 3 does not show the external documentation of an operation.
    const link = `[On a plain page](${pageOf(operationId)}), with samples to copy and the evidence in full.`;
    return Object.assign(value as object, { description: `${String(description)}\n\n${link}` });
  }) as JsonObject;
}
