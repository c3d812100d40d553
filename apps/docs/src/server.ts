import type { Server } from "node:http";
import { readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { createAdaptorServer } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { compress } from "hono/compress";

const dist = new URL("../dist/", import.meta.url);

function withExtension(path: string): string {
  return /[./]$|\.\w+$/.test(path) ? path : `${path}.html`;
}

/**
 * Serves the built site as GitHub Pages does: `/start` is `start.html`, what is not there is
 * `404.html`, and text is compressed.
 *
 * @param options.port The port to listen on; 0 takes a free one.
 * @param options.base The path that the site was built for (`DOCS_BASE`), with a slash at both ends.
 * @param options.directory Where the built site is.
 * @throws {NodeJS.ErrnoException} `EADDRINUSE` when the port is taken.
 */
export async function startDocs({ port = 0, base = "/", directory = dist } = {}) {
  const root = fileURLToPath(directory);
  const app = new Hono();
  app.use(compress());
  const below = (path: string) => path.slice(base.length - 1);
  app.use(
    `${base}*`,
    serveStatic({ root, rewriteRequestPath: (path) => withExtension(below(path)) }),
  );
  app.notFound(async (context) =>
    context.html(await readFile(new URL("404.html", directory), "utf8"), 404),
  );

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
