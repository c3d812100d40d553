import type { IncomingMessage } from "node:http";

/** The body of a request, as far as it is readable. */
export interface Body {
  /** In bytes. */
  size: number;
  /** As received, for the journal. */
  text: string;
  /** The JSON value; undefined when there is no body. */
  value?: unknown;
  /** Why the text is not JSON. */
  malformed?: string | undefined;
  tooLarge?: boolean;
}

/** The body of a request without one, or with a meaningless one. */
export const noBody: Body = { size: 0, text: "" };

/** A request as it was received. */
export interface Message {
  method: string;
  /** The request target as it was sent: a path, a whole address, or `*`. */
  target: string;
  /** The path and query as sent, on the mock's own address. */
  url: URL;
  /** The host and port that the request names (RFC 9112, 3.3). Only the control API depends on it. */
  host: string;
  /** The address of the mock's end of the connection. */
  localAddress: string | undefined;
  /** Names are in lower case. */
  headers: Record<string, string>;
  body: Body;
  /** Why the request is not valid HTTP by RFC 9112, although Node accepted it. */
  malformed?: string;
}

/**
 * Reads a request to its end.
 *
 * @param base The mock's own address. The path comes from the request target only, never from a header.
 */
export async function receive(incoming: IncomingMessage, base: string): Promise<Message> {
  const { method = "", url: target = "", socket } = incoming;
  // Of all repeated headers that Node joins or separates, only cookies would be a list.
  const headers = incoming.headers as Record<string, string>;
  // A proxied request's target is an absolute address; its host overrides the header.
  const [start = "", authority = headers.host ?? ""] = /^https?:\/\/([^/?#]*)/i.exec(target) ?? [];
  const path = start === "" ? target : target.slice(start.length).replace(/^(?!\/)/, "/");
  // Concerns the server as a whole (RFC 9112, 3.2.4).
  const isServer = method === "OPTIONS" && target === "*";
  const { rawHeaders } = incoming;
  const isRepeated = rawHeaders.length > 2 * Object.keys(headers).length;
  const repeated = isRepeated ? repeatedHeader(rawHeaders) : undefined;
  const malformed =
    (repeated && `more than one ${repeated} header`) ??
    (isAuthority(authority) ? undefined : `the Host "${authority}" is not a host name`) ??
    (path.startsWith("/") || isServer
      ? undefined
      : `"${target}" is neither a path nor an http address`);
  return {
    method,
    target,
    // A concatenation: resolved against the base, `//a/b` would be another host.
    url: new URL(base + (path.startsWith("/") ? path : "/")),
    host: authority,
    localAddress: socket.localAddress,
    headers,
    body: await readBody(incoming),
    ...(malformed && { malformed }),
  };
}

/** A host and a port (RFC 3986, 3.2), without a user. */
function isAuthority(text: string): boolean {
  return /^(\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(:\d*)?$/i.test(text);
}

/** Headers that may occur once. Node keeps the first and silently drops the others. */
const single = new Map(
  ["Host", "Authorization", "Content-Type"].map((name) => [name.toLowerCase(), name]),
);

function repeatedHeader(raw: string[]): string | undefined {
  const seen = new Set<string>();
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index]?.toLowerCase() ?? "";
    if (!single.has(name)) continue;
    if (seen.has(name)) return single.get(name);
    seen.add(name);
  }
  return undefined;
}

/** Far more than any request of the contract needs (A27). */
const mostBytes = 1024 * 1024;

const decoder = new TextDecoder("utf-8", { fatal: true });

async function readBody(incoming: IncomingMessage): Promise<Body> {
  const { "content-length": length, "transfer-encoding": encoding } = incoming.headers;
  if (length === undefined && encoding === undefined) return noBody;
  const chunks: Buffer[] = [];
  let size = 0;
  // Reads and drops the excess: a client may not read the reply before it has sent everything.
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
    return { size, text, malformed: `${lone} is an unpaired surrogate` };
  } catch (error) {
    return { size, text, malformed: (error as Error).message };
  }
}

/** Returns the first escape in a JSON text that is half of a surrogate pair, which UTF-8 cannot represent. */
function loneSurrogate(json: string): string | undefined {
  if (!/\\ud/i.test(json)) return undefined;
  const pairs = /\\ud[89ab][\da-f]{2}\\ud[c-f][\da-f]{2}/gi;
  const rest = json.replaceAll("\\\\", "").replaceAll(pairs, "");
  const [lone] = /\\ud[89a-f][\da-f]{2}/i.exec(rest) ?? [];
  return lone;
}

/** Returns the parameters of a query; a repeated one has a list of values. */
export function queryOf(url: URL): Record<string, string | string[]> {
  // Without a prototype, `__proto__` is an ordinary name.
  const query = Object.create(null) as Record<string, string | string[]>;
  for (const name of new Set(url.searchParams.keys())) {
    const values = url.searchParams.getAll(name);
    query[name] = values.length === 1 ? (values[0] as string) : values;
  }
  return query;
}
