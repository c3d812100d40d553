/**
 * The kinds of injected failures. All but `failure` act after Prism has checked the outcome. Faults of
 * different kinds can be combined: changes of the value act first, then of the bytes, then of the
 * connection.
 */
export type FaultKind =
  /** The request is not carried out, and fails with a documented status. */
  | "failure"
  /** The reply comes late. */
  | "latency"
  /** The request is carried out, and the connection closed without a reply. */
  | "reset"
  /** The connection is closed in the middle of the body. */
  | "truncated"
  /** A proxy's HTML error page, with 502. */
  | "htmlPage"
  /** The right body, declared as `text/plain`. */
  | "wrongContentType"
  /** A byte order mark precedes the body, as in all recordings. */
  | "byteOrderMark"
  /** Qualifications are wrapped in `{ "qualifications": [ … ] }`, as in the official Swagger (C3, C4). */
  | "wrapper"
  /** `vettingCreateDate` is spelled `vettingCreatedDate` (C1). */
  | "createdDate"
  /** Dates have seven decimals and the offset `+00:00`. */
  | "longDate"
  /** The audit record of a write appears so long after it (`delay`, by the mock's clock). */
  | "auditDelay"
  /** The audit record of a write never appears. */
  | "auditHidden";

/** An injected failure. */
export interface Fault {
  kind: FaultKind;
  /** For `failure`: an error status that the operation documents. */
  status?: number;
  /** An ISO 8601 duration; for `latency` of real time, for `auditDelay` of the mock's clock. */
  delay?: string;
  /** An operation of the contract, such as `requestQualification`; by default, any. */
  operationId?: string;
  /** A customer's id; by default, any. */
  customerId?: string;
  /** Applies only when a POST or PUT was carried out, not when its reply is repeated. */
  only?: "writes";
  /**
   * How many replies it applies to.
   *
   * @default 1
   */
  count?: number;
}

/** The faults of a test customer. */
export interface CustomerFaults {
  /** `length` requests fail, the next one succeeds, and so on. */
  burst?: { status: number; length: number };
  /** Applied to every reply about the customer. */
  faults?: Omit<Fault, "customerId" | "count">[];
}

/** The subject of an outcome. */
export interface Subject {
  /** Missing for a request that no operation serves. */
  operationId?: string;
  /** In lower case; undefined for operations without a customer. */
  customerId?: string | undefined;
  /** Whether the request was a POST or PUT that was just carried out. */
  wasWritten?: boolean;
  /** Present when the request has an audit record. */
  audited?: object;
}
