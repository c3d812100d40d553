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
 * The error for an answer outside 2xx.
 *
 * @param text The body, or its beginning.
 * @param call What is known of the call beside the answer, and what we have to add to it.
 * @param scrub Takes secrets out of a text.
 */
export function errorFromResponse(
  response: { status: number; statusText: string; headers: Pick<Headers, "get"> },
  text: string,
  call: FailedCall & { docsBase?: string | undefined; note?: PartnerCenterError | undefined },
  scrub: (text: string) => string,
): PartnerCenterError {
  const { docsBase, note, ...known } = call;
  const { status, headers } = response;
  // A service may repeat what it was sent; an error must not.
  const body = readErrorBody(text, headers.get("content-type"), scrub);
  const code = body.code === undefined ? "" : ` (code ${body.code})`;
  const words = body.description ?? (scrub(response.statusText) || "no description");
  const added = note ? ` — ${note.message}` : "";
  const message = `Partner Center answered ${status}${code}: ${words}${added}`;
  const docs =
    docsBase && /^[\w.-]+$/.test(body.code ?? "")
      ? `${docsBase.replace(/\/$/, "")}/${body.code}`
      : undefined;
  const ErrorOfStatus =
    byStatus[status] ??
    (status >= 500 ? ServerError : status >= 400 ? BadRequestError : UnexpectedResponseError);
  return new ErrorOfStatus(message, { ...known, ...body, status, docs }, { cause: note?.original });
}
