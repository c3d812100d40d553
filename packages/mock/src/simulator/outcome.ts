/** The mock's decision about a request, before it becomes a reply. */
export interface Outcome {
  status: number;
  body: unknown;
  /** Additional to those of every reply. */
  headers?: Record<string, string>;
}

/**
 * Returns a refusal in Partner Center's error shape.
 *
 * @param code A code of the error catalog.
 * @param data Details, such as the invalid parts of the request.
 */
export function refuse(
  status: number,
  code: string | number,
  description: string,
  data: string[] = [],
): Outcome {
  const body = { code, description: description.slice(0, 1024), data, source: "PartnerFD" };
  return { status, body };
}

/** Returns a refusal of the gateway in front of Partner Center, which has its own error shape (A4). */
export function refuseAtGateway(
  status: number,
  message: string,
  headers: Record<string, string> = {},
): Outcome {
  return { status, body: { statusCode: status, message: message.slice(0, 1024) }, headers };
}
