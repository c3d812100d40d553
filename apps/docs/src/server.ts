import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { createAdaptorServer } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";

/**
 * Serves the built site.
 *
 * @param options.port The port to listen on; 0 takes a free one.
 * @throws {NodeJS.ErrnoException} `EADDRINUSE` when the port is taken.
 */
export async function startDocs({ port = 0 } = {}) {
  const app = new Hono();
  app.use(serveStatic({ root: fileURLToPath(new URL("../dist/", import.meta.url)) }));

  const server = createAdaptorServer(app) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}
