import { createRequire } from "node:module";
import type { JsonObject } from "@partner-qualifications/contract-suite";
import { readOperations } from "./read-operations.ts";

/** The contract that the suite holds the mock and the client to. */
export const contractDocument = createRequire(import.meta.url)(
  "@partner-qualifications/spec/openapi.json",
) as JsonObject;

export const operations = readOperations(contractDocument);
