import { checkGuid } from "../check.ts";
import { elapsed } from "../runtime.ts";
import type {
  AuditedRequest,
  AuditRecord,
  LostRequest,
  Proof,
  RecordTools,
} from "./audit-record.ts";
import { isSame, listRecords } from "./list-records.ts";

const operation = "update_customer_qualification";

/** How far the clocks of client and service may differ, in milliseconds. */
const skewMs = 30 * 60_000;

const firstPauseMs = 2000;
const longestPauseMs = 30_000;

/** Returns the record of a request, or `undefined`. A successful one wins over a failed one. */
export async function findRequest(
  tools: RecordTools,
  wanted: AuditedRequest,
): Promise<AuditRecord | undefined> {
  const { correlationId } = wanted;
  checkGuid("correlationId", correlationId);
  let found: AuditRecord | undefined;
  for await (const record of recordsAround(tools, wanted)) {
    if (!isSame(record.originalCorrelationId, correlationId)) continue;
    if (isAccepted(record)) return record;
    found ??= record;
  }
  return found;
}

/**
 * Waits for the audit record of a request whose response was lost.
 *
 * @param waitMs How long, in milliseconds.
 * @returns `accepted` with the request's own record; `alreadyPresent` with that of another request for the
 * same qualification, if the customer has it; otherwise `undefined`.
 */
export async function prove(
  tools: RecordTools,
  lost: LostRequest,
  waitMs: number,
): Promise<Proof | undefined> {
  const { correlationId, qualification, isThere, signal } = lost;
  const { runtime } = tools;
  const end = elapsed(runtime) + waitMs;
  const proof = "auditRecord";
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, longestPauseMs)) {
    let other: AuditRecord | undefined;
    for await (const record of recordsAround(tools, lost)) {
      if (!isAccepted(record)) continue;
      if (isSame(record.originalCorrelationId, correlationId)) {
        return { write: "accepted", proof, record };
      }
      if (record.originalCorrelationId && isAbout(record, qualification)) other = record;
    }
    const left = end - elapsed(runtime);
    if (left <= 0)
      return isThere && other ? { write: "alreadyPresent", proof, record: other } : undefined;
    await runtime.sleep(Math.min(pause, left), signal);
  }
}

function recordsAround(
  tools: RecordTools,
  { customerId, sentAt, signal, headers, onResponse }: AuditedRequest,
): AsyncGenerator<AuditRecord> {
  return listRecords(tools, {
    customerId,
    since: sentAt - skewMs,
    signal,
    headers,
    onResponse,
  });
}

/** Whether a record proves that the service accepted a request. An unknown operation or status proves nothing. */
function isAccepted({ operationType, operationStatus }: AuditRecord): boolean {
  return isSame(operationType, operation) && isSame(operationStatus, "succeeded");
}

/** Whether the new value of a record is a qualification. A value that cannot be read proves nothing. */
function isAbout({ resourceNewValue }: AuditRecord, qualification: string): boolean {
  try {
    return isSame(Object(JSON.parse(String(resourceNewValue))).qualification, qualification);
  } catch {
    return false;
  }
}
