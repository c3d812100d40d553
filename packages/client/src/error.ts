/** What a {@link PartnerCenterError} knows of the call that failed. */
export interface FailedCall {
  status?: number;
  code?: string;
  description?: string;
  source?: string;
  requestId?: string | null;
  correlationId?: string | null;
}

/**
 * A call that did not succeed: an answer outside 2xx, an answer that cannot be read, or no answer at
 * all. It never holds the request, so it never holds a token.
 *
 * @example
 * try {
 *   await client.qualifications.list(customerId);
 * } catch (error) {
 *   if (error instanceof PartnerCenterError && error.code === "20002") {
 *     // the customer belongs to another partner
 *   }
 * }
 */
export class PartnerCenterError extends Error {
  override readonly name = "PartnerCenterError";
  /** The HTTP status; `undefined` when there was no answer. */
  readonly status: number | undefined;
  /** Partner Center's error code, always as a string; not every answer has one. */
  readonly code: string | undefined;
  /** What the service said, in words meant for people. */
  readonly description: string | undefined;
  /** The service that the error comes from, for instance `PartnerFD`. */
  readonly source: string | undefined;
  /** `MS-RequestId` of the call. */
  readonly requestId: string | undefined;
  /** `MS-CorrelationId` of the call, which Microsoft's support asks for. */
  readonly correlationId: string | undefined;

  constructor(message: string, call: FailedCall, options?: ErrorOptions) {
    super(message, options);
    this.status = call.status;
    this.code = call.code;
    this.description = call.description;
    this.source = call.source;
    this.requestId = call.requestId ?? undefined;
    this.correlationId = call.correlationId ?? undefined;
  }
}

/**
 * Reads the body of a call that did not succeed, in any shape of the contract: Partner Center's own
 * (`code`, `description`), the gateway's (`statusCode`, `message`), a bare string, text, nothing.
 */
export function errorFrom(body: unknown, response: Response): PartnerCenterError {
  const call: FailedCall = {
    status: response.status,
    requestId: response.headers.get("MS-RequestId"),
    correlationId: response.headers.get("MS-CorrelationId"),
  };
  if (typeof body === "object" && body !== null) {
    const fault = body as Record<string, unknown>;
    if (fault.code !== undefined && fault.code !== null) call.code = String(fault.code);
    const description = fault.description ?? fault.message;
    if (typeof description === "string") call.description = description;
    if (typeof fault.source === "string") call.source = fault.source;
  } else if (typeof body === "string" && body !== "") {
    call.description = body;
  }
  const description = call.description ?? (response.statusText || "no description");
  const code = call.code === undefined ? "" : ` (code ${call.code})`;
  return new PartnerCenterError(
    `Partner Center answered ${call.status}${code}: ${description}`,
    call,
  );
}
