import { InvalidRequestError } from "./errors/errors.ts";

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @throws {InvalidRequestError} When an argument is not a GUID. */
export function checkGuid(argument: string, value: unknown): void {
  if (typeof value !== "string" || !guid.test(value)) {
    throw new InvalidRequestError(argument, "must be a GUID");
  }
}

/** @throws {InvalidRequestError} When an argument is given and is no positive number. */
export function checkPositive(argument: string, value: unknown): void {
  if (value !== undefined && !(typeof value === "number" && value > 0)) {
    throw new InvalidRequestError(
      argument,
      `must be a number above 0, not ${typeof value === "number" ? value : typeof value}`,
    );
  }
}

/** @throws {InvalidRequestError} When a member of the options has a name that nothing looks at. */
export function checkNames(argument: string, options: object, names: readonly string[]): void {
  for (const name in options) {
    if (!names.includes(name)) {
      throw new InvalidRequestError(
        `${argument}.${name}`,
        `is not known; there are ${names.join(", ")}`,
      );
    }
  }
}

// Without a user, a query or a fragment, all of which would be sent elsewhere than they seem to be.
const address = /^(https?):\/\/([^/?#@\s]+)[^?#@\s]*$/i;
const loopback = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i;

/**
 * @param mustBeSafe Whether a token goes there, which plain http would show to others.
 * @throws {InvalidRequestError} When the address is not absolute, would show the token to others, or ends in
 * the version that each path begins with.
 */
export function checkBaseUrl(value: string, mustBeSafe: boolean): void {
  const [, scheme, host] = address.exec(value) ?? [];
  if (host === undefined || !URL.canParse(value)) {
    // Not repeated: there may be a password in it.
    throw new InvalidRequestError("baseUrl", "must begin with https:// and have no user or query");
  }
  // Over plain http others can read the token.
  if (mustBeSafe && scheme?.length === 4 && !loopback.test(host)) {
    throw new InvalidRequestError(
      "baseUrl",
      `must be https or loopback, not ${host}; set allowInsecureConnection to send it anyway`,
    );
  }
  if (/\/v1\/*$/i.test(value)) {
    throw new InvalidRequestError("baseUrl", "must not end in /v1, which the client adds");
  }
}
