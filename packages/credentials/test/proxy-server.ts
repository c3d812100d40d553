import { once } from "node:events";
import { createServer, request } from "node:http";
import { type AddressInfo, connect } from "node:net";

/** Starts a proxy that records the requested hosts. */
export async function startProxy(refusal?: number) {
  const asked: string[] = [];
  const server = createServer((incoming, response) => {
    const { url = "", method, headers } = incoming;
    asked.push(new URL(url).host);
    if (refusal) return response.writeHead(refusal).end();
    const outgoing = request(url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    return incoming.pipe(outgoing);
  });
  // A tunnel, used for https.
  server.on("connect", ({ url = "" }, socket) => {
    asked.push(url);
    if (refusal) return socket.end(`HTTP/1.1 ${refusal} Refused\r\n\r\n`);
    const { hostname, port } = new URL(`http://${url}`);
    const through = connect(Number(port), hostname, () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      through.pipe(socket).pipe(through);
    });
    through.on("error", () => socket.destroy());
    return socket.on("error", () => through.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
