import type { IncomingMessage } from "node:http";
import type { Operation } from "../prism/prism-operations.ts";

/** A request's body, as far as it could be read. */
export interface Body {
  /** In bytes. */
  size: number;
  /** As it came, for the journal. */
  text: string;
  /** The JSON value; undefined when there is no body. */
  value?: unknown;
  /** Why the text is not JSON. */
  malformed?: string | undefined;
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
    const value: unknown = JSON.parse(text);
    const lone = loneSurrogate(text);
    if (lone === undefined) return { size, text, value };
    return { size, text, malformed: `${lone} is half a character` };
  } catch (error) {
    return { size, text, malformed: (error as Error).message };
  }
}

/** The first escape in a JSON text that is half of a surrogate pair: no UTF-8 can carry on what it stands for. */
function loneSurrogate(json: string): string | undefined {
  if (!/\\ud/i.test(json)) return undefined;
  const pairs = /\\ud[89ab][\da-f]{2}\\ud[c-f][\da-f]{2}/gi;
  const rest = json.replaceAll("\\\\", "").replaceAll(pairs, "");
  const [lone] = /\\ud[89a-f][\da-f]{2}/i.exec(rest) ?? [];
  return lone;
}

/** The body, or none: one that the operation does not describe has no meaning (RFC 9110, 9.3.1) and is ignored. */
export function describedBody({ request }: Operation, body: Body): Body {
  return request?.body ? body : { size: 0, text: "" };
}
