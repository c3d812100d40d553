import { operations } from "../generated/operations.ts";
import type { Operation } from "./call.ts";

const patterns = Object.entries(operations).map(
  ([id, operation]) =>
    [
      new RegExp(`^${operation.method} ${operation.path.replaceAll(/\{[^}]+\}/g, "[^/]+")}$`),
      id,
      operation,
    ] as const,
);

/**
 * The operation that a request is a call of, with its id.
 *
 * @param path The path below the base address, without the query.
 */
export function findOperation(
  method: string,
  path: string,
): readonly [id: string, operation: Operation] | undefined {
  for (const [pattern, ...found] of patterns) {
    if (pattern.test(`${method} ${path}`)) return found;
  }
  return undefined;
}
