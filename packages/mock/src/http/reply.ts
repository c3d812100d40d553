import type { ServerResponse } from "node:http";

/** The bytes on the wire, made from a checked outcome. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** How the connection is closed before the reply is complete. */
  cut?: "reset" | "truncated";
}

/**
 * Sends a reply, or what its faults left of it.
 *
 * @throws {TypeError} When a header is invalid. Then nothing was sent.
 */
export function send({ status, headers, body, cut }: Reply, outgoing: ServerResponse): void {
  if (cut === "reset") {
    outgoing.socket?.resetAndDestroy();
    return;
  }
  // A reply without content has no length either (RFC 9110, 8.6). A HEAD has the length of its GET.
  const length = status !== 204 && { "content-length": Buffer.byteLength(body) };
  outgoing.writeHead(status, { ...headers, ...length });
  if (cut === "truncated") {
    outgoing.flushHeaders();
    const bytes = Buffer.from(body);
    outgoing.write(bytes.subarray(0, bytes.length / 2), () => outgoing.destroy());
  } else {
    // Node sends a string together with the head.
    outgoing.end(body);
  }
}
