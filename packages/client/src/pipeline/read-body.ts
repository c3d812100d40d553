import { UnexpectedResponseError } from "../errors/index.ts";
import { type Call, describeCall } from "./call.ts";

/** Far more than any answer of the contract, and little enough to hold. */
const mostBytes = 16 * 1024 * 1024;
/** Of an error only the beginning is read. */
const mostErrorBytes = 64 * 1024;

/**
 * Reads an answer's body, and leaves it readable: the stages behind may look at it again.
 *
 * @throws {UnexpectedResponseError} When a good answer is larger than anything in the contract.
 */
export async function readBody(response: Response, call: Call): Promise<string> {
  const most = response.ok ? mostBytes : mostErrorBytes;
  const length = Number(response.headers.get("content-length") ?? Number.NaN);
  const { text, whole } =
    length <= most ? { text: await response.text(), whole: true } : await readUpTo(response, most);
  if (!whole && response.ok) {
    throw new UnexpectedResponseError(`The answer is larger than ${most} bytes`, {
      ...describeCall(call),
      status: response.status,
    });
  }
  // openapi-fetch reads the body as well. A new Response would cost more than these.
  Object.assign(response, {
    text: async () => text,
    json: async () => JSON.parse(text) as unknown,
    arrayBuffer: async () => new TextEncoder().encode(text).buffer,
    blob: async () => new Blob([text]),
  });
  return text;
}

async function readUpTo(
  response: Response,
  most: number,
): Promise<{ text: string; whole: boolean }> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  const reader = response.body?.getReader();
  if (!reader) return { text: await response.text(), whole: true };
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { text: text + decoder.decode(), whole: true };
    bytes += value.byteLength;
    text += decoder.decode(value, { stream: true });
    if (bytes > most) {
      // The rest is not wanted, and its connection not either.
      reader.cancel().catch(() => {});
      return { text: text.slice(0, most), whole: false };
    }
  }
}
