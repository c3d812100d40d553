import type { Fault, FaultKind, Mock } from "@partner-qualifications/mock";
import type { DocumentedAnswer } from "./documented-answers.ts";

/** The fault that changes a response's media type. */
const faultOfType: Record<string, FaultKind | undefined> = {
  "text/plain": "wrongContentType",
  "text/html": "htmlPage",
};

/** Makes the mock give a documented response to every call of its operation. */
export function causeAnswer(
  { control }: Mock,
  { operationId, status, mediaType }: DocumentedAnswer,
): void {
  // More than any retry policy needs.
  const every: Omit<Fault, "kind"> = { operationId, count: 100 };
  if (status >= 400) control.addFaults({ kind: "failure", status, ...every });
  if (mediaType === "application/json") return;
  const kind = faultOfType[mediaType];
  if (!kind) throw new Error(`The mock has no fault that answers with ${mediaType}`);
  control.addFaults({ kind, ...every });
}

/** The number of attempts when every response has the same status. */
export function expectedAttempts(
  retry: { statuses: number[]; maxAttempts: number } | undefined,
  status: number,
): number {
  // The client replaces a rejected token once.
  if (status === 401) return 2;
  return retry?.statuses.includes(status) ? retry.maxAttempts : 1;
}
