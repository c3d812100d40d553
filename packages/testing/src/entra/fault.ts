import type { IncomingMessage, ServerResponse } from "node:http";
import { Refusal } from "./refusal.ts";

/** What the token endpoint does instead of its work. */
export type Fault =
  /** Refuses; `echo` repeats the complete request in the description, as no server should. */
  | { kind: "refuse"; error: string; code: number; status?: number; echo?: boolean }
  /** Sends this body. */
  | {
      kind: "answer";
      status: number;
      body: string;
      contentType?: string;
      headers?: Record<string, string>;
    }
  /** Receives the request and never answers. */
  | { kind: "hang" }
  /** Sends the head of a response and part of its body. */
  | { kind: "stall" }
  /** Closes the connection. */
  | { kind: "drop" }
  /** Redirects the client. */
  | { kind: "redirect"; location: string };

export async function commit(fault: Fault, req: IncomingMessage, res: ServerResponse) {
  const body = await readText(req);
  switch (fault.kind) {
    case "refuse": {
      const { error, code, status = 400, echo } = fault;
      const refusal = new Refusal(error, code, echo ? `You sent ${body}` : "Refused.", status);
      return send(res, status, JSON.stringify(refusal.body()));
    }
    case "answer":
      for (const [name, value] of Object.entries(fault.headers ?? {})) res.setHeader(name, value);
      return send(res, fault.status, fault.body, fault.contentType);
    case "hang":
      return undefined;
    case "stall":
      res.writeHead(200, { "content-type": "application/json" });
      return res.write('{"token_type":"Bearer",');
    case "drop":
      return req.socket.destroy();
    case "redirect":
      return res.writeHead(307, { location: fault.location }).end();
  }
}

export function send(
  res: ServerResponse,
  status: number,
  body: string,
  contentType = "application/json; charset=utf-8",
) {
  return res.writeHead(status, { "content-type": contentType }).end(body);
}

async function readText(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
