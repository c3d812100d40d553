import { createRequire } from "node:module";
import type { getHttpOperationsFromSpec } from "@stoplight/prism-http/dist/utils/operations.js";
import type { Contract } from "./contract.ts";

export type Operation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number];

interface RefParser {
  $refs: { circular: boolean };
  dereference(contract: Contract): Promise<Contract>;
}

const require = createRequire(import.meta.url);
/** Finds what Prism itself has, in the version that Prism has. */
const ofPrism = createRequire(require.resolve("@stoplight/prism-http/dist/index.js"));

/**
 * Reads a contract as Prism does.
 *
 * Prism's own function reads other formats too, and loading Postman's takes as long as all validators
 * together; it also looks through all operations for references that go in circles.
 */
export async function readOperations(contract: Contract): Promise<Operation[]> {
  const Parser = ofPrism("@stoplight/json-schema-ref-parser") as new () => RefParser;
  const parser = new Parser();
  // Both write into the document that they are given.
  const resolved = await parser.dereference(structuredClone(contract));
  if (parser.$refs.circular) {
    const prism =
      require("@stoplight/prism-http/dist/utils/operations.js") as typeof import("@stoplight/prism-http/dist/utils/operations.js");
    return prism.getHttpOperationsFromSpec(structuredClone(contract));
  }
  const { transformOas3Operations } = ofPrism("@stoplight/http-spec/oas3/operation") as {
    transformOas3Operations: (document: Contract) => Operation[];
  };
  return transformOas3Operations(resolved);
}
