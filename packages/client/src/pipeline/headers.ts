import { InvalidRequestError } from "../errors/errors.ts";

/** Headers by name, a `Headers` object or a list of pairs. A member that is `undefined` counts as left out. */
export type RequestHeaders =
  | Readonly<Record<string, string | undefined>>
  | Iterable<readonly [string, string]>;

/** The option that sets a header. */
const options: Record<string, string> = {
  authorization: "credential",
  "ms-requestid": "requestId of a call",
  "ms-correlationid": "correlationId of a call",
  "ms-partnercenter-application": "applicationName",
};

/** What the contract, the paging or HTTP itself leaves no choice of. */
const fixed =
  /^(accept(-encoding)?|connection|content-.+|expect|host|keep-alive|ms-continuationtoken|te|trailer|transfer-encoding|upgrade)$/;

/**
 * Returns headers by lower-case names.
 *
 * @throws {InvalidRequestError} For a header that the client sets itself, and for a name or a value that HTTP
 * or the contract does not allow. The error does not show the value.
 */
export function readHeaders(given: RequestHeaders = {}): Record<string, string> {
  const result: Record<string, string> = {};
  const pairs = Symbol.iterator in given ? given : Object.entries(given);
  for (const [name, value] of pairs as Iterable<[string, string | undefined]>) {
    const key = String(name).toLowerCase();
    const refuse = (rule: string) => {
      throw new InvalidRequestError(`headers.${name}`, rule);
    };
    if (value === undefined) continue;
    if (options[key]) refuse(`comes from the option ${options[key]}`);
    if (fixed.test(key)) refuse("is set by the client, as the contract requires");
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(key)) refuse("is not a header name");
    if (typeof value !== "string" || !/^[\x20-\x7e]*$/.test(value))
      refuse("must be printable ASCII");
    result[key] = value;
  }
  return result;
}

/** Returns the values that may be secrets, a subscription key for instance, which the service may repeat. */
export const secretsIn = (headers: Record<string, string>): string[] =>
  Object.values(headers).filter(({ length }) => length >= 16);
