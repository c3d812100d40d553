import type { UnwrapOptions } from "../answers/unwrap.ts";
import { onDemand } from "../on-demand.ts";
import type { Send } from "../pipeline/send.ts";
import type {
  AuditedRequest,
  AuditRecord,
  AuditRecordSearch,
  LostRequest,
  Proof,
  RecordTools,
} from "../records/audit-record.ts";

/**
 * The partner's activity log: who changed what, and when. 21Vianet does not have it.
 *
 * A record proves that a request arrived; a missing record proves nothing, because Microsoft does not say how
 * soon a record appears.
 */
export interface AuditRecords {
  /**
   * Lists audit records, whatever their operation. It fetches each page when it is needed, and yields each
   * record once.
   *
   * @throws {InvalidRequestError} When an argument is invalid.
   * @throws {PartnerCenterError}
   * @example
   * for await (const record of client.auditRecords.list({ since: Date.now() - 7 * 86_400_000 })) {
   *   if (record.operationType !== "update_customer_qualification") continue;
   *   console.log(record.operationDate, record.customerName, record.userPrincipalName);
   * }
   */
  list(search?: AuditRecordSearch): AsyncGenerator<AuditRecord>;
  /**
   * Returns the record of a request by its `MS-CorrelationId`; `undefined` if there is none (yet).
   *
   * @throws {InvalidRequestError} When an argument is invalid.
   * @throws {PartnerCenterError}
   * @example
   * const record = await client.auditRecords.findRequest({ customerId, correlationId, sentAt });
   * if (record?.operationStatus === "succeeded") console.log(`${record.userPrincipalName} did it`);
   */
  findRequest(request: AuditedRequest): Promise<AuditRecord | undefined>;
}

/** Loads the rest when it is first needed: most programs never read an audit record. */
const load = onDemand(() => import("../records/index.ts"));

/** What the records prove of a request of a customer. */
type Prove = (lost: LostRequest) => Promise<Proof | undefined>;

/** @param waitMs How long to wait for a record, in milliseconds; with 0 there is nothing to prove with. */
export function createAuditRecords(
  send: Send,
  unwrapOptions: UnwrapOptions,
  world: Pick<RecordTools, "runtime" | "hooks">,
  waitMs: number,
): [AuditRecords, Prove | undefined] {
  const tools: RecordTools = { ...world, send, unwrapOptions };
  return [
    {
      async *list(search = {}) {
        yield* (await load()).listRecords(tools, search);
      },
      findRequest: async (request) => (await load()).findRequest(tools, request),
    },
    waitMs ? async (lost) => (await load()).prove(tools, lost, waitMs) : undefined,
  ];
}
