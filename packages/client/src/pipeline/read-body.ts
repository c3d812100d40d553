import { UnexpectedResponseError } from "../errors/errors.ts";
import type { Call } from "./call.ts";
import { factsOf } from "./limited.ts";

/** Far more than any documented response. */
const mostBytes = 16 * 1024 * 1024;
/** An error's beginning is enough. */
const mostErrorBytes = 64 * 1024;

/**
 * Reads the body of a response; of an error, at most 64 KiB.
 *
 * @throws {UnexpectedResponseError} When a successful response is larger than 16 MiB.
 */
export async function readBody(response: Response, call: Call): Promise<string> {
  const { headers, ok, status } = response;
  const most = ok ? mostBytes : mostErrorBytes;
  // A missing length, or that of a compressed body, guarantees nothing.
  const isSmall =
    Number(headers.get("content-length") ?? Number.NaN) <= most && !headers.get("content-encoding");
  const body = isSmall ? undefined : (response.body as Body | null);
  if (!body) return response.text();
  // A web stream, or a Node stream such as node-fetch's.
  const reader = body.getReader?.() ?? body[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  for (let left = most; left >= 0;) {
    const { done, value } = await (reader.read?.() ?? reader.next!());
    if (done) return decode(chunks);
    chunks.push(value.subarray(0, left));
    left -= value.length;
  }
  // Cancelling frees the connection.
  (reader.cancel?.() ?? reader.return!()).catch(() => {});
  if (!ok) return decode(chunks);
  throw new UnexpectedResponseError(
    `The response is larger than ${most} bytes`,
    factsOf(call, { status }),
  );
}

let decoder: TextDecoder | undefined;

/** Decodes all chunks without a pause, so that one decoder serves all responses: a new one costs more. */
function decode(chunks: Uint8Array[]): string {
  const shared = (decoder ??= new TextDecoder());
  return chunks.map((chunk) => shared.decode(chunk, { stream: true })).join("") + shared.decode();
}

type Reader = Partial<ReadableStreamDefaultReader<Uint8Array> & AsyncIterator<Uint8Array>>;

interface Body {
  getReader?(): Reader;
  [Symbol.asyncIterator](): Reader;
}
