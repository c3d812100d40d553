import { createRequire } from "node:module";
import type { OpenApiDocument } from "../src/index.ts";

/** Returns a copy of the contract for a test to change. */
export function bundledContract(): OpenApiDocument {
  const document: unknown = createRequire(import.meta.url)(
    "@partner-qualifications/spec/openapi.json",
  );
  return structuredClone(document as OpenApiDocument);
}
