/**
 * What can be done to an answer. All but `failure` act after Prism has checked it. Faults of different kinds can be
 * combined: those that change the value act first, then those that change the bytes, then those of the connection.
 */
export type FaultKind =
  /** The request is not carried out, and fails with a status that the contract documents. */
  | "failure"
  /** The answer comes late. */
  | "latency"
  /** The request is carried out, and the connection closed without an answer. */
  | "reset"
  /** The connection is closed in the middle of the body. */
  | "truncated"
  /** A proxy's page for people, with 502. */
  | "htmlPage"
  /** The right body, declared as `text/plain`. */
  | "wrongContentType"
  /** A byte order mark comes before the body, as all recordings have it. */
  | "byteOrderMark"
  /** Qualifications stand in `{ "qualifications": [ … ] }`, as in the official Swagger (C3, C4). */
  | "wrapper"
  /** `vettingCreateDate` is spelled `vettingCreatedDate` (C1). */
  | "createdDate"
  /** The date has seven digits of a second and `+00:00`. */
  | "longDate";

/** Something that goes wrong on purpose. */
export interface Fault {
  kind: FaultKind;
  /** For `failure`: an error status that the operation documents. */
  status?: number;
  /** For `latency`: an ISO 8601 duration of real time. */
  delay?: string;
  /** An operation of the contract, for instance `requestQualification`. Without it, any. */
  operationId?: string;
  /** A customer's id. Without it, any. */
  customerId?: string;
  /** Only when a POST or PUT was carried out, and not when its answer is given again. */
  only?: "writes";
  /**
   * How many answers it is done to.
   *
   * @default 1
   */
  count?: number;
}
