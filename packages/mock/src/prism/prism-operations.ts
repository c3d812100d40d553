import { transformOas3Operations } from "@stoplight/http-spec/oas3/operation";
import { bundleTarget, decycle } from "@stoplight/json";
import RefParser from "@stoplight/json-schema-ref-parser";

// Parsed JSON of a depth that its readers know and the compiler cannot.
/** An OpenAPI document, bundled into one object. */
export type OpenApiDocument = Record<string, any>;

/** An operation as Prism's validators need it. */
export type PrismOperation = ReturnType<typeof transformOas3Operations>[number];

/**
 * Reads the operations of a document as Prism does, with two changes: a mistake in a body has one message, and equal
 * parts are one object.
 *
 * Prism's own function reads other formats too, and loading Postman's takes as long as all validators
 * together; it also looks through all operations for references that go in circles.
 */
export async function readPrismOperations(document: OpenApiDocument): Promise<PrismOperation[]> {
  const exact = withExactMessages(document);
  const parser = new RefParser();
  // Both write into the document that they are given.
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
 * It accepts the same values; but where `oneOf` reports one mistake for every branch, this reports it once, for the
 * branch that was meant.
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
 * Prism compiles a schema once for each object that contains it, and makes an object for every place: 110 lists of
 * headers, where the contract has a handful.
 */
export function shareEqualParts<T>(value: T): T {
  const known = new Map<string, object>();
  const share = (node: unknown): { node: unknown; text: string } => {
    if (typeof node !== "object" || node === null)
      return { node, text: String(JSON.stringify(node)) };
    const kept = Object.entries(node).filter(([key, part]) => !isSerialNumber(key, part));
    const parts = kept.map(([key, part]) => [key, share(part)] as const);
    const text = Array.isArray(node)
      ? `[${parts.map(([, part]) => part.text).join()}]`
      : `{${parts.map(([key, part]) => `${JSON.stringify(key)}:${part.text}`).join()}}`;
    const shared = known.get(text);
    if (shared) return { node: shared, text };
    const copy = Array.isArray(node)
      ? parts.map(([, part]) => part.node)
      : Object.fromEntries(parts.map(([key, part]) => [key, part.node]));
    known.set(text, copy);
    return { node: copy, text };
  };
  return share(value).node as T;
}

/** Returns whether a member is Prism's number of a place, which alone makes equal places different. */
function isSerialNumber(key: string, value: unknown): boolean {
  return key === "x-stoplight" || (key === "id" && /^[0-9a-f]{13}$/.test(String(value)));
}
