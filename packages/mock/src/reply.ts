import type { ServerResponse } from "node:http";

/** An answer as bytes, which Prism no longer looks at. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** How the connection is closed before the answer is complete. */
  cut?: "reset" | "truncated";
}

/** Sends a reply, or as much of it as the faults left. */
export function send({ status, headers, body, cut }: Reply, outgoing: ServerResponse): void {
  if (cut === "reset") {
    outgoing.socket?.resetAndDestroy();
    return;
  }
  outgoing.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
  if (cut === "truncated") {
    outgoing.write(body.slice(0, body.length / 2), () => outgoing.destroy());
  } else {
    // A string goes to the network together with the head.
    outgoing.end(body);
  }
}
