import { InvalidRequestError } from "./errors/index.ts";

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @throws {InvalidRequestError} When an argument is not a GUID. */
export function checkGuid(argument: string, value: unknown): void {
  if (typeof value !== "string" || !guid.test(value)) {
    throw new InvalidRequestError(argument, "must be a GUID");
  }
}

/** @throws {InvalidRequestError} When an argument is given and is no positive number. */
export function checkPositive(argument: string, value: number | undefined): void {
  if (value !== undefined && !(value > 0)) {
    throw new InvalidRequestError(argument, `must be above 0, not ${value}`);
  }
}

// Without a user, a query or a fragment, all of which would be sent elsewhere than they seem to be.
const address = /^(https?):\/\/([^/?#@\s]+)[^?#@\s]*$/i;
const loopback = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i;

/**
 * @param sendsToken Whether a token goes there.
 * @throws {InvalidRequestError} When the address is not absolute, or would show the token to others.
 */
export function checkBaseUrl(value: string, sendsToken: boolean): void {
  const [, scheme, host] = address.exec(value) ?? [];
  if (host === undefined || !URL.canParse(value)) {
    // Not repeated: there may be a password in it.
    throw new InvalidRequestError("baseUrl", "must begin with https:// and have no user or query");
  }
  // Over plain http others can read the token.
  if (sendsToken && scheme?.length === 4 && !loopback.test(host)) {
    throw new InvalidRequestError("baseUrl", "must be https, or loopback, to be sent a token");
  }
}
