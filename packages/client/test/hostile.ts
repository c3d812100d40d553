import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { behaviours } from "./hostile-behaviours.ts";
import type { Received } from "./server.ts";

export type Behaviour = keyof typeof behaviours;

export interface HostileServer {
  url: string;
  /** Received requests, in order. */
  received: Received[];
  /** A well-behaved server of another origin, the target of redirects. */
  elsewhere: { url: string; received: Received[] };
  /**
   * Number of pending responses. After a client gives up, it must soon be 0 (`vi.waitFor`). The number of
   * connections would not show this: global `fetch` replaces a broken connection with a new idle one.
   */
  readonly unfinished: number;
  /** Bytes accepted over all connections: how much of a gigabyte the client read. */
  readonly bytesSent: number;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a real server that misbehaves. Each request meets the next of the given behaviors; the last one
 * repeats.
 *
 * It never keeps the process alive or counts as a leak (see left-over.ts): every leak is the client's.
 *
 * @param pace Milliseconds between two bytes of slow output.
 * @example
 * await using server = await hostile(["resets during the body", "answers"]);
 */
export async function hostile(
  script: Behaviour | [Behaviour, ...Behaviour[]],
  { pace = 20 } = {},
): Promise<HostileServer> {
  const other = await listen(() => "answers", pace, "");
  const turns = [script].flat();
  const main = await listen((turn) => turns[Math.min(turn, turns.length - 1)]!, pace, other.url);
  return {
    url: main.url,
    received: main.received,
    elsewhere: { url: other.url, received: other.received },
    get unfinished() {
      return main.unfinished.size;
    },
    get bytesSent() {
      return [...main.sockets].reduce(
        (sum, socket) => sum + socket.bytesWritten - socket.writableLength,
        0,
      );
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([close(main.server), close(other.server)]);
    },
  };
}

async function listen(behaviourOf: (turn: number) => Behaviour, pace: number, elsewhere: string) {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  const unfinished = new Set<IncomingMessage>();
  const server = createServer(async (request, response) => {
    const turn = received.length;
    const arrived = {
      method: request.method ?? "",
      url: request.url ?? "",
      headers: request.headers,
      body: "",
    };
    received.push(arrived);
    try {
      for await (const chunk of request) arrived.body += String(chunk);
    } catch {
      return; // The client left while it was sending.
    }
    unfinished.add(request);
    const { socket } = request;
    await behaviours[behaviourOf(turn)]({ request, response, socket, pace, elsewhere });
    unfinished.delete(request);
  });
  server.on("connection", (socket) => {
    sockets.add(socket.unref());
    // The client may disconnect at any time; that is not a failure of this server.
    socket.on("error", () => {});
    // node:http would keep a half-open connection until the response is sent.
    socket.on("end", () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  const { port } = server.address() as AddressInfo;
  return { server, sockets, unfinished, received, url: `http://127.0.0.1:${port}` };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
