import { AbortedError } from "./aborted-error.ts";
import { AuthenticationError } from "./authentication-error.ts";
import { BadRequestError } from "./bad-request-error.ts";
import { ConflictError } from "./conflict-error.ts";
import { ConnectionError } from "./connection-error.ts";
import { InvalidRequestError } from "./invalid-request-error.ts";
import { NotFoundError } from "./not-found-error.ts";
import { PermissionError } from "./permission-error.ts";
import { ServerError } from "./server-error.ts";
import { ThrottledError } from "./throttled-error.ts";
import { TimeoutError } from "./timeout-error.ts";
import { PartnerCenterError, type SupportBundle } from "./partner-center-error.ts";
import { UnexpectedResponseError } from "./unexpected-response-error.ts";

export { AbortedError } from "./aborted-error.ts";
export { AuthenticationError } from "./authentication-error.ts";
export { BadRequestError } from "./bad-request-error.ts";
export { ConflictError } from "./conflict-error.ts";
export { ConnectionError } from "./connection-error.ts";
export { InvalidRequestError } from "./invalid-request-error.ts";
export { NotFoundError } from "./not-found-error.ts";
export { PartnerCenterError } from "./partner-center-error.ts";
export type { Continuation, ErrorCode, FailedCall, SupportBundle } from "./partner-center-error.ts";
export { PermissionError } from "./permission-error.ts";
export { ServerError } from "./server-error.ts";
export { ThrottledError } from "./throttled-error.ts";
export { TimeoutError } from "./timeout-error.ts";
export { UnexpectedResponseError } from "./unexpected-response-error.ts";

const classes = [
  AbortedError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  ConnectionError,
  InvalidRequestError,
  NotFoundError,
  PermissionError,
  ServerError,
  ThrottledError,
  TimeoutError,
];

/**
 * An error again of what `toJSON` made of one, in another process or worker: copying an `Error` by the
 * platform loses all its members but the message.
 *
 * @example
 * port.postMessage(error.toJSON());
 * port.on("message", (bundle) => report(errorFromJSON(bundle)));
 */
export function errorFromJSON(bundle: SupportBundle): PartnerCenterError {
  const ErrorOfKind = classes.find(({ kind }) => kind === bundle.kind) ?? UnexpectedResponseError;
  const { message, time } = bundle;
  const make = PartnerCenterError as unknown as typeof UnexpectedResponseError;
  return Object.assign(Reflect.construct(make, [message, bundle], ErrorOfKind), { time });
}

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
