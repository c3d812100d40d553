import type { Answer } from "../simulator/answer.ts";
import type { Operation } from "../prism/prism-operations.ts";

/** A failure as the contract's own examples show it. */
export function documentedFailure(operation: Operation, status: number): Answer {
  const response = operation.responses.find(({ code }) => code === String(status));
  const body = exampleOf(response?.contents?.[0]);
  if (body === undefined) {
    throw new Error(`${operation.iid} documents no answer ${status} to fail with`);
  }
  const headers: Record<string, string> = {};
  for (const header of response?.headers ?? []) {
    const name = header.name.toLowerCase();
    if (!name.startsWith("ms-")) headers[name] = String(exampleOf(header));
  }
  return { status, body, headers };
}

function exampleOf(documented: { examples?: object[] } | undefined): unknown {
  const [first] = documented?.examples ?? [];
  return first && "value" in first ? first.value : undefined;
}
