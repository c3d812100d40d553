import type { Operation } from "./prism.ts";

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

export async function readBody(request: Request): Promise<Body> {
  if (request.method === "GET" || request.method === "HEAD") return { size: 0, text: "" };
  const bytes = await read(request);
  if (!bytes) return { size: mostBytes + 1, text: "", tooLarge: true };
  const { byteLength: size } = bytes;
  if (size === 0) return { size, text: "" };
  let text = "";
  try {
    text = decoder.decode(bytes);
    return { size, text, value: JSON.parse(text) as unknown };
  } catch (error) {
    return { size, text, malformed: (error as Error).message };
  }
}

/** The bytes; undefined when there are too many, and then the rest of them is not kept. */
async function read(request: Request): Promise<ArrayBuffer | undefined> {
  const declared = request.headers.get("content-length");
  if (declared !== null) {
    return Number(declared) > mostBytes ? undefined : request.arrayBuffer();
  }
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return new Blob(chunks).arrayBuffer();
}

/** Prism would take any media type that ends in `+json`, and none at all. */
export function acceptsBody(operation: Operation, contentType = ""): boolean {
  const [essence = ""] = contentType.split(";");
  const accepted = operation.request?.body?.contents ?? [];
  return accepted.some(({ mediaType }) => mediaType === essence.trim().toLowerCase());
}
