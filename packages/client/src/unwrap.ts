import { errorFrom, PartnerCenterError } from "./error.ts";

/** What the bare client gives for a call with `parseAs: "text"`. */
type TextCall = Promise<{ data?: string; error?: unknown; response: Response }>;

/**
 * Turns a call of the bare client into a value.
 *
 * @param read Takes what is wanted from the parsed body; `undefined` when it is not there.
 * @throws {PartnerCenterError} When the answer is not 2xx, or its body cannot be read.
 */
export async function unwrap<T>(
  call: TextCall,
  read: (body: unknown) => T | undefined,
): Promise<T> {
  const { data, error, response } = await call.catch((cause: Error) => {
    if (cause instanceof PartnerCenterError || cause.name === "AbortError") throw cause;
    throw new PartnerCenterError("The answer broke off", {}, { cause });
  });
  if (!response.ok) throw errorFrom(error, response);
  const value = read(parse(data));
  if (value === undefined) throw errorFrom("The body is not what the contract has.", response);
  return value;
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}
