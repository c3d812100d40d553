// What `instanceof` and `kind` say of an error.

import {
  AbortedError,
  PartnerCenterError,
  ThrottledError,
  type QualificationsClient,
} from "@partner-qualifications/client";

export async function explain(client: QualificationsClient): Promise<string> {
  try {
    await client.validationCodes.list();
    return "";
  } catch (error) {
    if (error instanceof ThrottledError)
      return `${error.status satisfies 429} ${error.retryAfterMs}`;
    if (error instanceof AbortedError) return error.kind satisfies "aborted";
    if (!(error instanceof PartnerCenterError)) throw error;
    switch (error.kind) {
      case "invalidRequest":
        return error.argument;
      case "permission":
        return String(error.status satisfies 403);
      case "aborted":
      case "authentication":
      case "badRequest":
      case "conflict":
      case "connection":
      case "notFound":
      case "server":
      case "throttled":
      case "timeout":
      case "unexpectedResponse":
        return error.toSupportBundle().message;
      default:
        return error satisfies never;
    }
  }
}

/** An application may add a class below one of the client's. */
export class QuotaError extends ThrottledError {
  readonly quota = 5;
}

export const quotaOf = (error: unknown) => error instanceof QuotaError && error.quota;
