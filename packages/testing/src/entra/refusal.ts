import { randomUUID } from "node:crypto";

/** A refusal with Entra's codes, thrown by a check and sent by the endpoint. */
export class Refusal extends Error {
  readonly error: string;
  readonly code: number;
  readonly status: number;

  constructor(error: string, code: number, description: string, status = 400) {
    super(description);
    this.error = error;
    this.code = code;
    this.status = status;
  }

  /** Returns the body in Entra's format. */
  body(): Record<string, unknown> {
    const trace_id = randomUUID();
    const correlation_id = randomUUID();
    const timestamp = `${new Date().toISOString().slice(0, 19).replace("T", " ")}Z`;
    return {
      error: this.error,
      error_description: `AADSTS${this.code}: ${this.message} Trace ID: ${trace_id} Correlation ID: ${correlation_id} Timestamp: ${timestamp}`,
      error_codes: [this.code],
      timestamp,
      trace_id,
      correlation_id,
      error_uri: `https://login.microsoftonline.com/error?code=${this.code}`,
    };
  }
}
