import type { UnwrapOptions } from "../answers/unwrap.ts";
import type { components } from "../generated/schemas.ts";
import type { CallOptions } from "../pipeline/call.ts";
import type { HookSets } from "../pipeline/observe.ts";
import type { Send } from "../pipeline/send.ts";
import type { Runtime } from "../runtime.ts";

/** An entry of the partner's activity log. Members without a value are missing or null. */
export type AuditRecord = components["schemas"]["PartnerCenterAuditRecord"];

/** Which audit records to list. */
export interface AuditRecordSearch extends Pick<CallOptions, "signal" | "headers" | "onResponse"> {
  /** Only records about this customer, a GUID. */
  customerId?: string | undefined;
  /**
   * The earliest record, as a date or in milliseconds since 1970. Audit records go back 90 days; an earlier
   * date is cut, which the hook `warning` reports.
   *
   * @default 30 days ago
   */
  since?: Date | number | undefined;
  /**
   * The latest record, as a date or in milliseconds since 1970.
   *
   * @default now
   */
  until?: Date | number | undefined;
}

/** The request whose record to find. */
export interface AuditedRequest extends Pick<CallOptions, "signal" | "headers" | "onResponse"> {
  customerId: string;
  /** `MS-CorrelationId` of the request. */
  correlationId: string;
  /** When the request was first sent, in milliseconds since 1970. */
  sentAt: number;
}

/** What the audit records need from their client. */
export interface RecordTools {
  send: Send;
  unwrapOptions: UnwrapOptions;
  hooks: HookSets;
  runtime: Runtime;
}

/** A request whose response was lost. */
export interface LostRequest extends AuditedRequest {
  qualification: string;
  /** Whether the customer has the qualification, from this request or from another. */
  isThere: boolean;
}

/** What the audit records prove about a lost request. */
export interface Proof {
  write: "accepted" | "alreadyPresent";
  proof: "auditRecord";
  record: AuditRecord;
}
