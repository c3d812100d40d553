import {
  AuthenticationError,
  BadRequestError,
  ConflictError,
  type FailedCall,
  NotFoundError,
  type PartnerCenterError,
  PermissionError,
  ServerError,
  ThrottledError,
  UnexpectedResponseError,
} from "../errors/errors.ts";
import { readErrorBody } from "./error-body.ts";

type ErrorClass = new (
  message: string,
  call: FailedCall,
  options?: ErrorOptions,
) => PartnerCenterError;

const byStatus: Record<number, ErrorClass> = {
  401: AuthenticationError,
  403: PermissionError,
  404: NotFoundError,
  409: ConflictError,
  429: ThrottledError,
};

/**
 * Returns the error for a response outside 2xx.
 *
 * @param text The body, or its beginning.
 * @param facts The known facts of the call, and what the client adds to the service's words.
 * @param scrub Removes secrets from a text.
 */
export function errorFromResponse(
  {
    status,
    statusText,
    headers,
  }: { status: number; statusText: string; headers: Pick<Headers, "get"> },
  text: string,
  {
    docsBase,
    note,
    ...facts
  }: FailedCall & { docsBase?: string | undefined; note?: PartnerCenterError | undefined },
  scrub: (text: string) => string,
): PartnerCenterError {
  // The service may repeat what it received; an error must not.
  const body = readErrorBody(text, headers.get("content-type"), scrub);
  const { code } = body;
  const words = body.description ?? (scrub(statusText) || "no description");
  const message = `Partner Center returned ${status}${code === undefined ? "" : ` (code ${code})`}: ${words}${note ? ` — ${note.message}` : ""}`;
  const docs =
    docsBase && /^[\w.-]+$/.test(code ?? "") ? `${docsBase.replace(/\/$/, "")}/${code}` : undefined;
  const ErrorOfStatus =
    byStatus[status] ??
    (status >= 500 ? ServerError : status >= 400 ? BadRequestError : UnexpectedResponseError);
  return new ErrorOfStatus(message, { ...facts, ...body, status, docs }, { cause: note?.original });
}
