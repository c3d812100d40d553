import { UnexpectedResponseError } from "../errors/errors.ts";
import type { Call } from "./call.ts";

/** Far more than any answer of the contract, and little enough to hold. */
const mostBytes = 16 * 1024 * 1024;
/** Of an error only the beginning is read. */
const mostErrorBytes = 64 * 1024;

/**
 * Reads an answer's body, of an error only the beginning.
 *
 * @throws {UnexpectedResponseError} When a good answer is larger than anything in the contract.
 */
export async function readBody(response: Response, call: Call): Promise<string> {
  const { headers, ok, status } = response;
  const most = ok ? mostBytes : mostErrorBytes;
  // A length that is not told, or is that of the packed body, says nothing of the limit.
  const told =
    Number(headers.get("content-length") ?? Number.NaN) <= most && !headers.get("content-encoding");
  const body = told ? undefined : (response.body as Body | null);
  if (!body) return response.text();
  // Streams of the web, and of Node as node-fetch has them.
  const reader = body.getReader?.() ?? body[Symbol.asyncIterator]();
  const decoder = new TextDecoder();
  let text = "";
  for (let left = most; left >= 0;) {
    const { done, value } = await (reader.read?.() ?? reader.next!());
    if (done) return text + decoder.decode();
    text += decoder.decode(value.subarray(0, left), { stream: true });
    left -= value.length;
  }
  // The rest is not wanted, and its connection not either.
  (reader.cancel?.() ?? reader.return!()).catch(() => {});
  if (!ok) return text;
  throw new UnexpectedResponseError(`The answer is larger than ${most} bytes`, { ...call, status });
}

type Reader = Partial<ReadableStreamDefaultReader<Uint8Array> & AsyncIterator<Uint8Array>>;

interface Body {
  getReader?(): Reader;
  [Symbol.asyncIterator](): Reader;
}
