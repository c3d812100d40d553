import type { QualificationsClient } from "@partner-qualifications/client";
import type { Database } from "../store/database.ts";
import { waitAtAge } from "./forecast.ts";
import type { Queues } from "./queues.ts";

/** How far the clocks of this machine and the service may differ, in milliseconds. */
const skewMs = 30 * 60_000;
const dayMs = 24 * 3_600_000;
/** With fewer rows a day, sending them again costs no more than listing the day. */
const fewestRows = 2;

interface LostRow {
  id: number;
  request_id: string;
  sent_at: number;
}

/**
 * Settles rows whose request was sent and whose answer was lost, with one listing of the audit records since then: a
 * record with a row's `MS-CorrelationId` proves that its request was accepted. The other rows are requested again under
 * the same MS-RequestId, as they are without audit records.
 *
 * @returns How many rows are settled.
 */
export async function settleLost(
  database: Database,
  queues: Queues,
  client: QualificationsClient,
  speed: number,
): Promise<number> {
  const rows = await database.query<LostRow>(
    `select id, request_id, sent_at from qualifications.row
     where state = 'queued' and sent_at is not null order by sent_at`,
  );
  const since = (rows[0]?.sent_at ?? 0) - skewMs;
  if (rows.length < fewestRows * Math.ceil((Date.now() - since) / dayMs)) return 0;
  const accepted = await acceptedSince(client, since);
  const ids = rows.filter(({ request_id }) => accepted.has(request_id)).map(({ id }) => id);
  if (ids.length === 0) return 0;
  await database.transaction(async (queries) => {
    // The jobs that would request them again find that they are in review, and end.
    const settled = await queries.query<{ id: number }>(
      `update qualifications.row set state = 'inReview', write = 'accepted', claim = null,
         waiting = null, requested_at = coalesce(requested_at, sent_at)
       where state = 'queued' and id in (select value::integer from jsonb_array_elements_text($1))
       returning id`,
      [JSON.stringify(ids)],
    );
    const afterMs = waitAtAge(0, false) / speed;
    await queues.add(
      queries,
      "follow",
      settled.map(({ id }) => ({ row: id, afterMs })),
    );
  });
  return ids.length;
}

/** Returns the correlation ids of the accepted requests; none if the audit records cannot be read. */
async function acceptedSince(client: QualificationsClient, since: number): Promise<Set<string>> {
  const found = new Set<string>();
  try {
    for await (const record of client.auditRecords.list({ since })) {
      const { operationType, operationStatus, originalCorrelationId } = record;
      if (operationType !== "update_customer_qualification") continue;
      if (operationStatus !== "succeeded" || !originalCorrelationId) continue;
      found.add(originalCorrelationId.toLowerCase());
    }
  } catch {
    // What was read so far is proof all the same.
  }
  return found;
}
