import { operations } from "../generated/operations.ts";
import type { Operation } from "./call.ts";

const patterns = operations.map((operation) => ({
  operation,
  pattern: new RegExp(`^${operation.path.replaceAll(/\{[^}]+\}/g, "[^/]+")}$`),
}));

/**
 * The operation that a request is a call of.
 *
 * @param path The path below the base address, without the query.
 */
export function findOperation(method: string, path: string): Operation | undefined {
  for (const { operation, pattern } of patterns) {
    if (operation.method === method && pattern.test(path)) return operation;
  }
  return undefined;
}
