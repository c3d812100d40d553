/** A check that does not hold. */
export interface Failure {
  check: string;
  operationId: string;
  caseId: string;
  /** What is wrong. */
  message: string;
  /** What to add to the command to see it again. */
  replay: string;
  /** The request, as a line for a shell. */
  curl: string;
}
