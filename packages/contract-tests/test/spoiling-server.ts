import { Agent, createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";

const agent = new Agent({ keepAlive: true });

/** A response before it is forwarded. */
export interface Spoilable {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The request as a spoiler sees it. */
export interface Asked {
  method: string;
  url: string;
  headers: IncomingMessage["headers"];
  body: string;
  /** Number of earlier requests. */
  count: number;
}

export type Spoil = (answer: Spoilable, asked: Asked) => Partial<Spoilable> | "hang" | "cut" | void;

function forward(origin: string, { method, url, headers, body }: Asked): Promise<Spoilable> {
  const { host: _, ...kept } = headers;
  return new Promise((resolve, reject) => {
    const outgoing = request(origin + url, { method, headers: kept, agent }, async (incoming) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
      const { connection: __, "keep-alive": ___, ...sent } = incoming.headers;
      resolve({
        status: incoming.statusCode ?? 0,
        headers: sent as Record<string, string>,
        body: Buffer.concat(chunks).toString(),
      });
    });
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}

export interface SpoilingOptions {
  /** @default "127.0.0.1" */
  host?: string;
  /** @default the mock's limit */
  maxHeaderSize?: number;
  /** Changes a request before it is forwarded. */
  rewrite?: (asked: Asked) => Partial<Asked> | undefined;
}

/** Starts a proxy that spoils a real server's responses. Control requests pass unchanged. */
export async function spoilingServer(
  origin: string,
  spoil: Spoil,
  { host = "127.0.0.1", maxHeaderSize = 64 * 1024, rewrite }: SpoilingOptions = {},
) {
  const asked: Asked[] = [];
  const server = createServer({ maxHeaderSize }, async (incoming, outgoing) => {
    const { method = "", url = "", headers } = incoming;
    const chunks: Buffer[] = [];
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const one: Asked = { method, url, headers, body, count: asked.length };
    const isControl = url.startsWith("/_mock/");
    if (!isControl) asked.push(one);

    const real = await forward(origin, { ...one, ...(!isControl && rewrite?.(one)) });
    const spoiled = (!isControl && spoil(structuredClone(real), one)) || {};
    if (spoiled === "hang") return;
    if (spoiled === "cut") {
      outgoing.socket?.resetAndDestroy();
      return;
    }
    const { status, headers: reported, body: text } = { ...real, ...spoiled };
    outgoing.writeHead(status, { ...reported, "content-length": Buffer.byteLength(text) });
    outgoing.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
