import type { AbortedError } from "./aborted-error.ts";
import type { AuthenticationError } from "./authentication-error.ts";
import type { BadRequestError } from "./bad-request-error.ts";
import type { ConflictError } from "./conflict-error.ts";
import type { ConnectionError } from "./connection-error.ts";
import type { InvalidRequestError } from "./invalid-request-error.ts";
import type { NotFoundError } from "./not-found-error.ts";
import type { PermissionError } from "./permission-error.ts";
import type { ServerError } from "./server-error.ts";
import type { ThrottledError } from "./throttled-error.ts";
import type { TimeoutError } from "./timeout-error.ts";
import type { UnexpectedResponseError } from "./unexpected-response-error.ts";

export { AbortedError } from "./aborted-error.ts";
export { AuthenticationError } from "./authentication-error.ts";
export { BadRequestError } from "./bad-request-error.ts";
export { ConflictError } from "./conflict-error.ts";
export { ConnectionError } from "./connection-error.ts";
export { InvalidRequestError } from "./invalid-request-error.ts";
export { NotFoundError } from "./not-found-error.ts";
export { PartnerCenterError } from "./partner-center-error.ts";
export type { ErrorCode, FailedCall, SupportBundle } from "./partner-center-error.ts";
export { PermissionError } from "./permission-error.ts";
export { ServerError } from "./server-error.ts";
export { ThrottledError } from "./throttled-error.ts";
export { TimeoutError } from "./timeout-error.ts";
export { UnexpectedResponseError } from "./unexpected-response-error.ts";

/** Every error that a call can end with, told apart by `kind`. */
export type AnyPartnerCenterError =
  | AbortedError
  | AuthenticationError
  | BadRequestError
  | ConflictError
  | ConnectionError
  | InvalidRequestError
  | NotFoundError
  | PermissionError
  | ServerError
  | ThrottledError
  | TimeoutError
  | UnexpectedResponseError;
