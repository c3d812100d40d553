import { documented, type Example, type Operation } from "@partner-qualifications/spec/model";
import { type Outcome, refuse, refuseAtGateway } from "../simulator/outcome.ts";

/** Returns a failure from the contract's own examples. */
export function documentedFailure(operation: Operation, status: number): Outcome {
  const response = documented(operation, status);
  const [media] = Object.values(response?.content ?? {});
  const body = firstExample(media);
  if (!response || body === undefined) {
    throw new Error(`${operation.id} documents no response ${status}`);
  }
  const headers: Record<string, string> = {};
  for (const [name, header] of Object.entries(response.headers)) {
    if (!/^ms-/i.test(name)) headers[name.toLowerCase()] = String(firstExample(header));
  }
  return { status, body, headers };
}

function firstExample(part: { examples: Record<string, Example> } | undefined): unknown {
  return Object.values(part?.examples ?? {})[0]?.value;
}

/**
 * Returns alternatives to a refusal that its operation does not document: its own status, 400 and the
 * operation's other 4xx statuses, in each of the two error shapes.
 *
 * A contract may document fewer statuses than the mock uses. An invalid request must not become a
 * failure of the mock.
 */
export function documentedRefusals({ responses }: Operation, { status, body }: Outcome): Outcome[] {
  if (status < 400 || status >= 500) return [];
  const { code = "800002", description, message } = Object(body) as Record<string, string>;
  const reason = description ?? message ?? String(body);
  const statuses = Object.keys(responses).map(Number);
  return [status, 400, ...statuses].flatMap((other) =>
    other >= 400 && other < 500 && statuses.includes(other)
      ? [refuse(other, code, reason), refuseAtGateway(other, reason)]
      : [],
  );
}
