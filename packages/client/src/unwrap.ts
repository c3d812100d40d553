import { errorFrom, PartnerCenterError } from "./error.ts";

/**
 * Turns a call of the bare client into its data.
 *
 * @throws {PartnerCenterError} When the answer is not 2xx, or its body cannot be read.
 */
export async function unwrap<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  const { data, error, response } = await call.catch((cause: unknown) => {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new PartnerCenterError("The answer is not JSON", {}, { cause });
  });
  if (!response.ok) throw errorFrom(error, response);
  if (data === undefined) throw errorFrom("The answer is empty", response);
  return data;
}
