import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** A behavior's means, once a request and its body have arrived. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  /** For invalid HTTP. A behavior that writes here must not use `response`. */
  socket: Socket;
  /** Milliseconds between two bytes of slow output. */
  pace: number;
  /** A URL of another origin. */
  elsewhere: string;
}

export const item = {
  qualification: "Education",
  vettingStatus: "InReview",
  vettingCreateDate: "2020-12-04T20:54:24Z",
};
export const gigabyte = 2 ** 30;

/**
 * All misbehaviors of the server, named to follow "a server that …". Each ends with its response, or when
 * the client disconnects.
 */
export const behaviours = {
  /** A valid response, to follow others: a list, or the requested item. */
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
  /** A complete response. The next request on the same connection fails. */
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

  /** Without a wait, so that tests of the number of attempts are fast. */
  "throttles for ever": ({ response }: Exchange) =>
    reply(response, 429, throttled, { "Retry-After": "0" }),
  "demands a wait of 10^12 seconds": ({ response }: Exchange) =>
    reply(response, 429, throttled, { "Retry-After": "1000000000000" }),
  "answers with an HTML 502": ({ response }: Exchange) =>
    reply(response, 502, "<html><body><h1>502 Bad Gateway</h1></body></html>", {
      "Content-Type": "text/html",
    }),
  /** 307 keeps the method and the body; 302 would change a POST to a GET. */
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
 * Writes a raw status line and headers for responses that node:http rejects. The connection is not kept
 * alive, because node:http would wait for its own response.
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

/** Resets the connection (RST instead of FIN) once the other side had time to read the bytes. */
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

/** Streams one JSON string, no faster than it is read. */
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
