import type { Fault, FaultKind, Mock } from "@partner-qualifications/mock";
import type { DocumentedAnswer } from "./documented-answers.ts";

/** What makes another media type of an answer. */
const faultOfType: Record<string, FaultKind | undefined> = {
  "text/plain": "wrongContentType",
  "text/html": "htmlPage",
};

/** Lets the mock give a documented answer to every call of its operation from now on. */
export function causeAnswer(
  { control }: Mock,
  { operationId, status, mediaType }: DocumentedAnswer,
): void {
  // More than any rule of retry asks for.
  const every: Omit<Fault, "kind"> = { operationId, count: 100 };
  if (status >= 400) control.addFaults({ kind: "failure", status, ...every });
  if (mediaType === "application/json") return;
  const kind = faultOfType[mediaType];
  if (!kind) throw new Error(`The mock has no fault that answers with ${mediaType}`);
  control.addFaults({ kind, ...every });
}

/** How often a call is sent when every answer to it has a status. */
export function expectedAttempts(
  retry: { statuses: number[]; maxAttempts: number } | undefined,
  status: number,
): number {
  // A refused token is replaced, once.
  if (status === 401) return 2;
  return retry?.statuses.includes(status) ? retry.maxAttempts : 1;
}
