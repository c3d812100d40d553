import { createRequire } from "node:module";

// Parsed JSON of a depth that its readers know and the compiler cannot.
type Json = Record<string, any>;

/** An OpenAPI document, bundled into one object. */
export type Contract = Json;

/** The contract that this version of the mock keeps. */
export function bundledContract(): Contract {
  return createRequire(import.meta.url)("@partner-qualifications/spec/openapi.json") as Contract;
}

/** Where the bundled contract stands as a file. */
export function bundledContractFile(): string {
  return createRequire(import.meta.url).resolve("@partner-qualifications/spec/openapi.json");
}

/**
 * A copy in which each `oneOf` with a discriminator is an `if`/`then`/`else` over its tag.
 *
 * It accepts the same values; but where `oneOf` answers one mistake with a message for every branch,
 * this has one message, for the branch that was meant.
 */
export function withExactMessages(contract: Contract): Contract {
  const rewrite = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(rewrite);
    if (typeof node !== "object" || node === null) return node;
    const copy: Json = Object.fromEntries(
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
      ...branches.reduceRight<Json>(
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
  return rewrite(contract) as Contract;
}
