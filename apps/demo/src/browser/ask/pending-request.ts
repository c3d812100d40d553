import type { QualificationRequest } from "@partner-qualifications/client";

/** A request whose answer has not come. Its identifier makes it one request, however often it is sent. */
export interface PendingRequest {
  requestId: string;
  body: QualificationRequest;
  /** ISO 8601. */
  at: string;
}

const keyOf = (customerId: string) => `request ${customerId}`;

/** The request of this tab that is still open, also after the page was loaded again. */
export function readPending(customerId: string): PendingRequest | undefined {
  const text = sessionStorage.getItem(keyOf(customerId));
  return text === null ? undefined : (JSON.parse(text) as PendingRequest);
}

/** The same request again, or a new one when something else is asked for. Kept until it is answered. */
export function keepPending(customerId: string, body: QualificationRequest): PendingRequest {
  const before = readPending(customerId);
  if (before && JSON.stringify(before.body) === JSON.stringify(body)) return before;
  const pending = { requestId: crypto.randomUUID(), body, at: new Date().toISOString() };
  sessionStorage.setItem(keyOf(customerId), JSON.stringify(pending));
  return pending;
}

/** @param requestId Another one, sent later, stays. */
export function forgetPending(customerId: string, requestId: string): void {
  if (readPending(customerId)?.requestId === requestId)
    sessionStorage.removeItem(keyOf(customerId));
}
