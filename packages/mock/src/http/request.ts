import type { IncomingMessage } from "node:http";
import { type Body, readBody } from "./read-body.ts";

/** A request as it came. */
export interface Message {
  method: string;
  /** The request target as it was sent: a path, a whole address, or `*`. */
  target: string;
  /** The path and the query that were sent, on the mock's own address. */
  url: URL;
  /** The host and port that the request names (RFC 9112, 3.3). Nothing but the control API depends on it. */
  host: string;
  /** The address of the mock's end of the connection. */
  localAddress: string | undefined;
  /** Names are in lower case. */
  headers: Record<string, string>;
  body: Body;
  /** Why the request is not HTTP as RFC 9112 has it, though Node read it. */
  malformed?: string;
}

/**
 * Reads a request to its end.
 *
 * @param base The mock's own address. The path comes from the request target alone, never from a header.
 */
export async function receive(incoming: IncomingMessage, base: string): Promise<Message> {
  const { method = "", url: target = "", socket } = incoming;
  // Of all that Node joins or keeps apart, only cookies would be a list.
  const headers = incoming.headers as Record<string, string>;
  // The target of a request through a proxy is a whole address, whose host counts in place of the header.
  const [start = "", authority = headers.host ?? ""] = /^https?:\/\/([^/?#]*)/i.exec(target) ?? [];
  const path = start === "" ? target : target.slice(start.length).replace(/^(?!\/)/, "/");
  // Of the server as a whole (RFC 9112, 3.2.4).
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

/** Headers that may stand once. Node keeps the first and drops the others without a word. */
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
