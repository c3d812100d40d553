import { InvalidRequestError } from "./errors/errors.ts";
import type { CallResponse } from "./hooks.ts";
import type { CallOptions } from "./pipeline/call.ts";

/** The result of a call, and the response that it came from. */
export interface WithResponse<T> {
  data: T;
  response: CallResponse;
}

/**
 * Returns the result of a call beside its response: status, headers, identifiers, attempts and body.
 *
 * @param run Calls a method of a client with the given options, and returns its promise.
 * @returns The response of the last request that `run` sent.
 * @throws {InvalidRequestError} When `run` does not pass the options on, so that there is no response.
 * @throws {PartnerCenterError} What the call throws. `onResponse` of a call gives the response in that case.
 * @example
 * const { data, response } = await withResponse((call) =>
 *   client.qualifications.list(customerId, { ...call, signal }),
 * );
 * console.log(response.status, response.headers.get("MS-CV"), response.attempts, data.length);
 */
export async function withResponse<T>(
  run: (call: Required<Pick<CallOptions, "onResponse">>) => Promise<T>,
): Promise<WithResponse<T>> {
  let last: CallResponse | undefined;
  const data = await run({ onResponse: (response) => void (last = response) });
  const response = last as CallResponse | undefined;
  if (!response) {
    throw new InvalidRequestError(
      "withResponse",
      "must call a client method with the options that it passes",
    );
  }
  return { data, response };
}
