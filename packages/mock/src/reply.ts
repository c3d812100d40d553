import type { ServerResponse } from "node:http";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";

/** An answer as bytes, which Prism no longer looks at. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** How the connection is closed before the answer is complete. */
  cut?: "reset" | "truncated";
}

/** Sends a reply, or as much of it as the faults left. */
export function send({ status, headers, body, cut }: Reply, outgoing: ServerResponse): Response {
  if (cut === undefined) return new Response(body, { status, headers });
  if (cut === "reset") outgoing.socket?.resetAndDestroy();
  if (cut === "truncated") {
    const bytes = Buffer.from(body);
    outgoing.writeHead(status, { ...headers, "content-length": bytes.byteLength });
    outgoing.write(bytes.subarray(0, bytes.byteLength / 2), () => outgoing.destroy());
  }
  return RESPONSE_ALREADY_SENT;
}
