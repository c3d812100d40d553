import {
  type FailedCall,
  PartnerCenterErrorBase,
  type SupportBundle,
} from "./partner-center-error.ts";

export type {
  Continuation,
  ErrorCode,
  FailedCall,
  PartnerCenterErrorBase,
  SupportBundle,
} from "./partner-center-error.ts";

/**
 * The caller's signal aborted the call; `original` is the signal's reason. Its `name` is `AbortError`, like
 * the platform's own.
 */
export class AbortedError extends PartnerCenterErrorBase {
  static override readonly kind: string = "aborted";
  declare readonly kind: "aborted";
  declare readonly status: undefined;

  override get name(): string {
    return "AbortError";
  }
}

/**
 * There is no token, or an invalid one: the service answered 401, or the client rejected the token before
 * sending it. A new sign-in or another token fixes it; a retry does not.
 */
export class AuthenticationError extends PartnerCenterErrorBase {
  static override readonly kind: string = "authentication";
  declare readonly kind: "authentication";
  declare readonly status: 401 | undefined;
}

/** Any other 4xx: the service rejected the request as it was. Sending it again changes nothing. */
export class BadRequestError extends PartnerCenterErrorBase {
  static override readonly kind: string = "badRequest";
  declare readonly kind: "badRequest";
  declare readonly status: number;
}

/** 409: the customer already has this qualification, or one that excludes it. */
export class ConflictError extends PartnerCenterErrorBase {
  static override readonly kind: string = "conflict";
  declare readonly kind: "conflict";
  declare readonly status: 409;
}

/** The client received no response, or only part of one. `cause` has the reason. */
export class ConnectionError extends PartnerCenterErrorBase {
  static override readonly kind: string = "connection";
  declare readonly kind: "connection";
  declare readonly status: undefined;
}

/** An argument is invalid. Nothing was sent. */
export class InvalidRequestError extends PartnerCenterErrorBase {
  static override readonly kind: string = "invalidRequest";
  declare readonly kind: "invalidRequest";
  declare readonly status: undefined;
  /** The argument, for instance `customerId`. */
  readonly argument: string;

  /** @param rule What the argument must be, as the end of a sentence: "must be …". */
  constructor(argument: string, rule: string, options?: ErrorOptions) {
    super(`${argument} ${rule}`, {}, options);
    this.argument = argument;
  }
}

/** 404: the customer or the URL is unknown. */
export class NotFoundError extends PartnerCenterErrorBase {
  static override readonly kind: string = "notFound";
  declare readonly kind: "notFound";
  declare readonly status: 404;
}

/** 403: the token is valid, but its owner lacks permission. */
export class PermissionError extends PartnerCenterErrorBase {
  static override readonly kind: string = "permission";
  declare readonly kind: "permission";
  declare readonly status: 403;
}

/** 5xx: the service failed. */
export class ServerError extends PartnerCenterErrorBase {
  static override readonly kind: string = "server";
  declare readonly kind: "server";
  declare readonly status: number;
}

/** 429: too many requests. `retryAfterMs` is the wait that the service requires. */
export class ThrottledError extends PartnerCenterErrorBase {
  static override readonly kind: string = "throttled";
  declare readonly kind: "throttled";
  declare readonly status: 429;
}

/** No complete response within `timeoutMs` for an attempt, or `totalTimeoutMs` for the call. */
export class TimeoutError extends PartnerCenterErrorBase {
  static override readonly kind: string = "timeout";
  declare readonly kind: "timeout";
  declare readonly status: undefined;
}

/** An undocumented response: not JSON, too large, or a redirect. */
export class UnexpectedResponseError extends PartnerCenterErrorBase {
  static override readonly kind: string = "unexpectedResponse";
  declare readonly kind: "unexpectedResponse";
}

/** Every error that a call can throw, distinguished by `kind`. It never holds the request, so it never holds a token. */
export type PartnerCenterError =
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

/** The base class of all errors: `instanceof` narrows to their union. */
export interface PartnerCenterErrorConstructor {
  readonly prototype: PartnerCenterError;
  readonly kind: string;
  new (message: string, call?: FailedCall, options?: ErrorOptions): PartnerCenterErrorBase;
  [Symbol.hasInstance](value: unknown): value is PartnerCenterError;
}

/**
 * The base class of every error that a call throws.
 *
 * @example
 * try {
 *   await client.qualifications.list(customerId);
 * } catch (error) {
 *   if (error instanceof PartnerCenterError) console.error(error.toSupportBundle());
 * }
 */
export const PartnerCenterError: PartnerCenterErrorConstructor = PartnerCenterErrorBase as never;

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
 * Rebuilds an error from its `toJSON()`, in another process or worker. When the platform copies an `Error`,
 * only the message survives.
 *
 * @returns An error of the class with the bundle's `kind`; an `UnexpectedResponseError` for an unknown kind.
 * @example
 * port.postMessage(error.toJSON());
 * port.on("message", (bundle) => report(errorFromJSON(bundle)));
 */
export function errorFromJSON(bundle: SupportBundle): PartnerCenterError {
  const ErrorOfKind = classes.find(({ kind }) => kind === bundle.kind) ?? UnexpectedResponseError;
  const { message, time } = bundle;
  const make = PartnerCenterErrorBase as unknown as typeof UnexpectedResponseError;
  return Object.assign(Reflect.construct(make, [message, bundle], ErrorOfKind), { time });
}
