import { UnexpectedResponseError } from "../errors/index.ts";
import type { Call } from "./call.ts";

/** Far more than any answer of the contract, and little enough to hold. */
const mostBytes = 16 * 1024 * 1024;
/** Of an error only the beginning is read. */
const mostErrorBytes = 64 * 1024;

/**
 * Reads an answer's body.
 *
 * @throws {UnexpectedResponseError} When a good answer is larger than anything in the contract.
 */
export async function readBody(response: Response, call: Call): Promise<string> {
  const most = response.ok ? mostBytes : mostErrorBytes;
  const { headers } = response;
  // A length that is not told, or is that of the packed body, says nothing of the limit.
  const told =
    Number(headers.get("content-length") ?? Number.NaN) <= most && !headers.get("content-encoding");
  const whole = told ? await response.text() : await readUpTo(response, most);
  const text = whole.slice(0, most);
  if (response.ok && whole.length > most) {
    const { status } = response;
    throw new UnexpectedResponseError(`The answer is larger than ${most} bytes`, {
      ...call,
      status,
    });
  }
  return text;
}

/** Reads on until a little more than the limit, so that its crossing can be seen. */
async function readUpTo(response: Response, most: number): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return response.text();
  const decoder = new TextDecoder();
  let text = "";
  while (text.length <= most) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
  }
  // The rest is not wanted, and its connection not either.
  reader.cancel().catch(() => {});
  return text;
}
