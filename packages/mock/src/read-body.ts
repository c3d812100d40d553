import type { IncomingMessage } from "node:http";
import type { Operation } from "./read-operations.ts";

/** A request's body, as far as it could be read. */
export interface Body {
  /** In bytes. */
  size: number;
  /** As it came, for the journal. */
  text: string;
  /** The JSON value; undefined when there is no body. */
  value?: unknown;
  /** Why the text is not JSON. */
  malformed?: string;
  tooLarge?: boolean;
}

/** No request of the contract comes near it (A27). */
const mostBytes = 1024 * 1024;

const decoder = new TextDecoder("utf-8", { fatal: true });

export async function readBody(incoming: IncomingMessage): Promise<Body> {
  const { "content-length": length, "transfer-encoding": encoding } = incoming.headers;
  if (length === undefined && encoding === undefined) return { size: 0, text: "" };
  const chunks: Buffer[] = [];
  let size = 0;
  // What is too much is read too, and forgotten: a client may not listen before it has sent all.
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size <= mostBytes) chunks.push(chunk);
  }
  if (size === 0) return { size, text: "" };
  if (size > mostBytes) return { size, text: "", tooLarge: true };
  let text = "";
  try {
    text = decoder.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
    return { size, text, value: JSON.parse(text) as unknown };
  } catch (error) {
    return { size, text, malformed: (error as Error).message };
  }
}

/** Prism would take any media type that ends in `+json`, and none at all. */
export function acceptsBody(operation: Operation, contentType = ""): boolean {
  const [essence = ""] = contentType.split(";");
  const accepted = operation.request?.body?.contents ?? [];
  return accepted.some(({ mediaType }) => mediaType === essence.trim().toLowerCase());
}
