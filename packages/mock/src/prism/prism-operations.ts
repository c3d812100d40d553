import { transformOas3Operations } from "@stoplight/http-spec/oas3/operation";
import { bundleTarget, decycle } from "@stoplight/json";
import RefParser from "@stoplight/json-schema-ref-parser";

// Parsed JSON; its structure is too deep for a static type.
/** An OpenAPI document, bundled into one object. */
export type OpenApiDocument = Record<string, any>;

/** An operation in the form of Prism's validators. */
export type PrismOperation = ReturnType<typeof transformOas3Operations>[number];

/**
 * Reads the operations of a document like Prism, with two changes: a mistake in a body has one message,
 * and equal parts are one object.
 *
 * Prism's own function also reads other formats, and loading the Postman reader takes as long as all
 * validators together. It also searches all operations for circular references.
 */
export async function readPrismOperations(document: OpenApiDocument): Promise<PrismOperation[]> {
  const exact = withExactMessages(document);
  const parser = new RefParser();
  // Both functions modify their argument.
  const resolved = await parser.dereference(structuredClone(exact));
  if (parser.$refs.circular) {
    const finite = decycle(resolved) as OpenApiDocument;
    const operations = transformOas3Operations(finite as never).map((__target__) =>
      bundleTarget({
        document: { ...finite, __target__ },
        path: "#/__target__",
        cloneDocument: false,
      }),
    );
    return shareEqualParts(operations as PrismOperation[]);
  }
  return shareEqualParts(transformOas3Operations(resolved as never));
}

/**
 * Returns a copy in which each `oneOf` with a discriminator is an `if`/`then`/`else` over its tag.
 *
 * It accepts the same values. Where `oneOf` reports one mistake once per branch, this reports it once,
 * for the intended branch.
 */
export function withExactMessages(document: OpenApiDocument): OpenApiDocument {
  const rewrite = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(rewrite);
    if (typeof node !== "object" || node === null) return node;
    const copy: OpenApiDocument = Object.fromEntries(
      Object.entries(node).map(([key, value]) => [key, rewrite(value)]),
    );
    if (!copy.discriminator?.mapping || !copy.oneOf) return copy;
    const { discriminator, oneOf: _, ...rest } = copy;
    const tag: string = discriminator.propertyName;
    const branches = Object.entries(discriminator.mapping as Record<string, string>);
    return {
      ...rest,
      type: "object",
      required: [tag],
      properties: { [tag]: { type: "string", enum: branches.map(([value]) => value) } },
      ...branches.reduceRight<OpenApiDocument>(
        (otherwise, [value, $ref]) => ({
          if: { required: [tag], properties: { [tag]: { const: value } } },
          // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
          then: { $ref },
          else: otherwise,
        }),
        {},
      ),
    };
  };
  return rewrite(document) as OpenApiDocument;
}

/**
 * Returns a copy in which equal parts are one object.
 *
 * Prism compiles a schema once per containing object, and creates an object for every place: 110 lists
 * of headers instead of a handful.
 */
export function shareEqualParts<T>(value: T): T {
  const known = new Map<string, { node: object; id: string }>();
  const share = (node: unknown): { node: unknown; id: string } => {
    if (typeof node !== "object" || node === null) return { node, id: JSON.stringify(node) ?? "" };
    const parts = Object.entries(node)
      .filter(([key, part]) => !isSerialNumber(key, part))
      .map(([key, part]) => [key, share(part)] as const);
    // Parts are equal when their members are, so the number of each member is enough to compare.
    const text = JSON.stringify([
      Array.isArray(node),
      ...parts.map(([key, { id }]) => `${key}:${id}`),
    ]);
    const shared = known.get(text);
    if (shared) return shared;
    const copy = Array.isArray(node)
      ? parts.map(([, part]) => part.node)
      : Object.fromEntries(parts.map(([key, part]) => [key, part.node]));
    const added = { node: copy, id: `#${known.size}` };
    known.set(text, added);
    return added;
  };
  return share(value).node as T;
}

/** Returns whether a member is Prism's serial number, the only difference between equal parts. */
function isSerialNumber(key: string, value: unknown): boolean {
  return key === "x-stoplight" || (key === "id" && /^[0-9a-f]{13}$/.test(String(value)));
}
