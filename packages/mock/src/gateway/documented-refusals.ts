import { type Answer, gatewayAnswer } from "../simulator/answer.ts";
import type { Operation } from "../prism/prism-operations.ts";
import { refusal } from "../simulator/outcome.ts";

/**
 * Other forms of a refusal that its operation does not document: with its own status, with 400 and with the other 4xx
 * that the operation documents, in each of the two error shapes.
 *
 * A contract may document fewer statuses than the mock knows reasons. A request is never the mock's fault.
 */
export function documentedRefusals({ responses }: Operation, { status, body }: Answer): Answer[] {
  if (status < 400 || status >= 500) return [];
  const { code = "800002", description, message } = Object(body) as Record<string, string>;
  const reason = description ?? message ?? String(body);
  const documented = responses.map((response) => Number(response.code));
  return [status, 400, ...documented].flatMap((other) =>
    other >= 400 && other < 500 && documented.includes(other)
      ? [refusal(other, code, reason), gatewayAnswer(other, reason)]
      : [],
  );
}
