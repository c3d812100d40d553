/**
 * The kinds of injected failures. All but `failure` act after Prism has checked the outcome. Faults of different kinds
 * can be combined: those that change the value act first, then those that change the bytes, then those of the connection.
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
  /** A byte order mark comes before the body, as all recordings have it. */
  | "byteOrderMark"
  /** Qualifications are wrapped in `{ "qualifications": [ … ] }`, as in the official Swagger (C3, C4). */
  | "wrapper"
  /** `vettingCreateDate` is spelled `vettingCreatedDate` (C1). */
  | "createdDate"
  /** The date has seven digits of a second and `+00:00`. */
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
  /** An operation of the contract, for instance `requestQualification`. Without it, any. */
  operationId?: string;
  /** A customer's id. Without it, any. */
  customerId?: string;
  /** Only when a POST or PUT was carried out, and not when its reply is repeated. */
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
  /** This many requests fail, the next one succeeds, and so on. */
  burst?: { status: number; length: number };
  /** Applied to every reply about it. */
  faults?: Omit<Fault, "customerId" | "count">[];
}

/** What an outcome is about. */
export interface Subject {
  /** Missing for a request that no operation serves. */
  operationId?: string;
  /** In lower case; an operation may be about no customer. */
  customerId?: string | undefined;
  /** A POST or PUT was carried out just now. */
  wasWritten?: boolean;
  /** Present when the request has an audit record. */
  audited?: object;
}
