import { AbortedError } from "../errors/errors.ts";
import type { Call } from "./call.ts";

/** The error of a call whose signal is aborted. */
export function abortedError(call: Call): AbortedError {
  return new AbortedError("The call was aborted", call, { cause: call.signal?.reason });
}
