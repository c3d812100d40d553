import {
  AbortedError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  InvalidRequestError,
  NotFoundError,
  type PartnerCenterError,
  PermissionError,
} from "../errors/errors.ts";
import { isNetworkError } from "../errors/safe-cause.ts";

/** Errors of OAuth and Entra that only a person can fix. */
const needsPerson =
  /^((interaction|consent|login)_required|invalid_(grant|client)|unauthorized_client|AuthenticationRequiredError)$/;

/** Returns whether an error ends the polling at once. */
export function isFinal(error: PartnerCenterError): boolean {
  const { retryable, name, error: oauth, errorCode, errorResponse } = Object(error.original);
  return (
    error instanceof AbortedError ||
    error instanceof InvalidRequestError ||
    error instanceof PermissionError ||
    (error instanceof AuthenticationError &&
      (retryable === false ||
        [name, oauth, errorCode, errorResponse?.error].some((text) => needsPerson.test(text))))
  );
}

/** Returns whether an error may be temporary: another part of the service may not know the request yet. */
export function isDoubtful(error: PartnerCenterError): boolean {
  return (
    // A 408 means that the service waited for the request, not that it rejected it.
    (error instanceof BadRequestError && error.status !== 408) ||
    error instanceof ConflictError ||
    error instanceof NotFoundError ||
    // A credential that reports a temporary failure, or has no network, is not in doubt.
    (error instanceof AuthenticationError &&
      Object(error.original).retryable !== true &&
      !isNetworkError(error.original))
  );
}
