import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** An answer that can be spoiled before it is sent on. */
export interface Spoilable {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** What a spoiler may know of the request. */
export interface Asked {
  method: string;
  url: string;
  headers: IncomingMessage["headers"];
  body: string;
  /** How many came before it. */
  count: number;
}

export type Spoil = (answer: Spoilable, asked: Asked) => Partial<Spoilable> | "hang" | "cut" | void;

/** Stands in front of a real server and spoils what it answers; control requests pass as they are. */
export async function spoilingServer(origin: string, spoil: Spoil, host = "127.0.0.1") {
  const asked: Asked[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const { method = "", url = "", headers } = incoming;
    const chunks: Buffer[] = [];
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const one: Asked = { method, url, headers, body: body.toString(), count: asked.length };
    asked.push(one);

    const { host: _, connection: __, "content-length": ___, ...kept } = headers;
    // fetch cannot send TRACE, and none of the spoiled cases needs it.
    const answer = await fetch(origin + url, {
      method,
      headers: kept as Record<string, string>,
      ...(body.length > 0 && { body }),
    });
    const { connection: ____, "keep-alive": _____, ...sent } = Object.fromEntries(answer.headers);
    const real: Spoilable = { status: answer.status, headers: sent, body: await answer.text() };
    const spoiled = spoil(structuredClone(real), one) ?? {};
    if (spoiled === "hang") return;
    if (spoiled === "cut") {
      outgoing.socket?.resetAndDestroy();
      return;
    }
    const { status, headers: told, body: text } = { ...real, ...spoiled };
    outgoing.writeHead(status, { ...told, "content-length": Buffer.byteLength(text) });
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
