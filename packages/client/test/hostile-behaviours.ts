import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** What a behaviour has in hand when a request, with its body, has arrived. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  /** For what HTTP forbids. Whoever writes here leaves `response` alone. */
  socket: Socket;
  /** Milliseconds between two bytes of whatever is sent slowly. */
  pace: number;
  /** An address of another origin. */
  elsewhere: string;
}

export const item = {
  qualification: "Education",
  vettingStatus: "InReview",
  vettingCreateDate: "2020-12-04T20:54:24Z",
};
export const gigabyte = 2 ** 30;

/**
 * Every way in which the server misbehaves, named so that a test can say "a server that …". Each is
 * done when the answer is, or when the client has left.
 */
export const behaviours = {
  /** As it should be, to come after the others: a list, or the item that was asked for. */
  answers: ({ request, response }: Exchange) =>
    request.method === "GET"
      ? reply(response, 200, JSON.stringify([item]))
      : reply(response, 201, JSON.stringify(item)),

  "resets before the headers": async ({ socket }: Exchange) => {
    socket.resetAndDestroy();
  },
  "resets before the body": ({ socket }: Exchange) => writeAndReset(socket, head(list.length)),
  "resets during the body": ({ socket }: Exchange) =>
    writeAndReset(socket, head(list.length) + list.slice(0, 10)),
  /** The answer is whole. What fails is the next request that trusts the kept connection. */
  "resets after the body": ({ socket }: Exchange) =>
    writeAndReset(socket, head(list.length) + list),

  "never answers": ({ socket }: Exchange) => closed(socket),
  "sends the headers slowly": async ({ socket, pace }: Exchange) => {
    await drip(socket, head(list.length), pace);
    socket.end(list);
  },
  "sends the body slowly": async ({ socket, pace }: Exchange) => {
    socket.write(head(list.length));
    await drip(socket, list, pace);
    socket.end();
  },
  "stalls in the body": ({ socket }: Exchange) => {
    socket.write(head(list.length) + list.slice(0, 10));
    return closed(socket);
  },
  "sends a gigabyte": ({ socket }: Exchange) => flood(socket, "200 OK"),
  "fails with a gigabyte": ({ socket }: Exchange) => flood(socket, "500 Internal Server Error"),

  "says another content type": ({ response }: Exchange) =>
    reply(response, 200, list, { "Content-Type": "image/png" }),
  "announces a longer body": async ({ socket }: Exchange) => {
    socket.end(head(list.length + 10) + list);
  },
  "announces a shorter body": async ({ socket }: Exchange) => {
    socket.end(head(list.length - 10) + list);
  },
  "truncates the JSON": ({ response }: Exchange) => reply(response, 200, list.slice(0, -10)),
  "sends no body": ({ response }: Exchange) => reply(response, 200, ""),
  "sends a byte order mark": ({ response }: Exchange) => reply(response, 200, `\uFEFF${list}`),

  /** Without a wait, so that a test of the number of attempts is a fast one. */
  "throttles for ever": ({ response }: Exchange) =>
    reply(response, 429, throttled, { "Retry-After": "0" }),
  "asks for a wait of 10^12 seconds": ({ response }: Exchange) =>
    reply(response, 429, throttled, { "Retry-After": "1000000000000" }),
  "answers with an HTML 502": ({ response }: Exchange) =>
    reply(response, 502, "<html><body><h1>502 Bad Gateway</h1></body></html>", {
      "Content-Type": "text/html",
    }),
  /** 307 keeps the method and the body; 302 would turn a POST into a GET. */
  "redirects to another origin": ({ request, response, elsewhere }: Exchange) =>
    reply(response, 307, "", { Location: new URL(request.url ?? "/", elsewhere).href }),
};

const list = JSON.stringify([item]);
const throttled = JSON.stringify({ statusCode: 429, message: "Rate limit is exceeded." });

function reply(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): Promise<void> {
  response.writeHead(status, { "Content-Type": "application/json", ...headers });
  return new Promise((resolve) => {
    response.on("close", resolve);
    response.end(body);
  });
}

/**
 * A status line and headers by hand, for the answers that node:http refuses to write. The connection
 * is not kept, because node:http would wait on it for the end of its own answer.
 */
function head(length: number, status = "200 OK"): string {
  const lines = [
    `HTTP/1.1 ${status}`,
    "Content-Type: application/json",
    `Content-Length: ${length}`,
    "Connection: close",
  ];
  return `${lines.join("\r\n")}\r\n\r\n`;
}

/** A reset (RST), not an orderly end (FIN), once the other side had time to read the bytes. */
async function writeAndReset(socket: Socket, bytes: string): Promise<void> {
  socket.write(bytes);
  await pause(20, undefined, { ref: false });
  socket.resetAndDestroy();
}

async function drip(socket: Socket, bytes: string, pace: number): Promise<void> {
  for (const byte of bytes) {
    if (socket.destroyed) return;
    socket.write(byte);
    await pause(pace, undefined, { ref: false });
  }
}

/** Streams one string of JSON, no faster than it is read. */
async function flood(socket: Socket, status: string): Promise<void> {
  socket.write(head(gigabyte, status));
  const chunk = Buffer.alloc(2 ** 16, "a");
  for (let sent = 0; sent < gigabyte && !socket.destroyed; sent += chunk.length) {
    if (sent === 0) socket.write(`"${chunk.subarray(1)}`);
    else if (sent === gigabyte - chunk.length) socket.write(`${chunk.subarray(1)}"`);
    else socket.write(chunk);
    if (socket.writableNeedDrain) await drained(socket);
  }
  socket.end();
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off("drain", done).off("close", done);
      resolve();
    };
    socket.on("drain", done).on("close", done);
  });
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed) resolve();
    else socket.on("close", () => resolve());
  });
}
