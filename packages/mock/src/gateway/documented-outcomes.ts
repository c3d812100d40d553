import type { PrismOperation } from "../prism/prism-operations.ts";
import { type Outcome, refuse, refuseAtGateway } from "../simulator/outcome.ts";

/** Returns a failure as the contract's own examples show it. */
export function documentedFailure(operation: PrismOperation, status: number): Outcome {
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

/**
 * Returns other forms of a refusal that its operation does not document: with its own status, with 400 and with the
 * other 4xx that the operation documents, in each of the two error shapes.
 *
 * A contract may document fewer statuses than the mock has refusals. An invalid request is never the mock's fault.
 */
export function documentedRefusals(
  { responses }: PrismOperation,
  { status, body }: Outcome,
): Outcome[] {
  if (status < 400 || status >= 500) return [];
  const { code = "800002", description, message } = Object(body) as Record<string, string>;
  const reason = description ?? message ?? String(body);
  const documented = responses.map((response) => Number(response.code));
  return [status, 400, ...documented].flatMap((other) =>
    other >= 400 && other < 500 && documented.includes(other)
      ? [refuse(other, code, reason), refuseAtGateway(other, reason)]
      : [],
  );
}
