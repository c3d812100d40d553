import type { Operation } from "@partner-qualifications/spec/model";

/** Returns the operation of a request, with its path values, still encoded. */
export function findOperation(
  operations: Operation[],
  method: string,
  path: string,
): { operation: Operation; values: Record<string, string> } | undefined {
  const found = operations
    .filter((operation) => operation.method === method)
    .flatMap((operation) => {
      const values = match(operation.path, path);
      return values ? [{ operation, values }] : [];
    });
  // A literal path has priority over one with parameters.
  return found.toSorted((a, b) => Object.keys(a.values).length - Object.keys(b.values).length)[0];
}

function match(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split("/");
  const parts = path.split("/");
  if (wanted.length !== parts.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, want] of wanted.entries()) {
    const part = parts[index] ?? "";
    if (/^\{.*\}$/.test(want)) values[want.slice(1, -1)] = part;
    else if (want !== part) return undefined;
  }
  return values;
}
