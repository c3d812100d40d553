import type { Server } from "node:http";
import { readFile, stat } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { compress } from "hono/compress";
import { getMimeType } from "hono/utils/mime";
import { defaults } from "./address.ts";

const built = new URL("../dist/", import.meta.url);
/** The addresses in these are those that the reader runs; the contract stays as it was released. */
const ofThisMachine = /\.(html|js|md|txt)$|^(search|(redoc|collections)\/.*)\.json$/;

/** Hono does not know them. */
const types: Record<string, string> = {
  md: "text/markdown; charset=utf-8",
  yaml: "application/yaml",
};

function typeOf(path: string): string {
  const [ending = ""] = /[^.]+$/.exec(path) ?? [];
  return types[ending] ?? getMimeType(path) ?? "application/octet-stream";
}

/**
 * Serves the built site as GitHub Pages does: `/start` is `start.html`, what is not there is
 * `404.html`, and text is compressed. An address with a slash too many or too few redirects.
 *
 * @param options.port The port to listen on; 0 takes a free one.
 * @param options.base The path that the site was built for (`DOCS_BASE`), with a slash at both ends.
 * @param options.directory Where the built site is.
 * @param options.mock The address of the mock that samples, Try it and Redoc name.
 * @param options.demo Returns the address of the demo, which may start later.
 * @throws {NodeJS.ErrnoException} `EADDRINUSE` when the port is taken.
 */
export async function startDocs({
  port = 0,
  base = "/",
  directory = built,
  mock = defaults.mock,
  demo = () => defaults.demo,
} = {}) {
  const isFile = async (path: string) => {
    const file = new URL(path, directory);
    if (!file.href.startsWith(directory.href)) return false;
    return (await stat(file).catch(() => undefined))?.isFile() ?? false;
  };
  const app = new Hono();
  app.use(compress());
  app.get("*", async (context) => {
    const { pathname, search } = new URL(context.req.url);
    const path = pathname.startsWith(base) ? pathname.slice(base.length) : "..";
    const candidates = path.endsWith("/") || !path ? [`${path}index.html`] : [path, `${path}.html`];
    for (const candidate of candidates) {
      if (await isFile(candidate)) return reply(candidate, 200);
    }
    const other = path.endsWith("/") ? path.slice(0, -1) : `${path}/`;
    const isOther = await isFile(path.endsWith("/") ? `${other}.html` : `${other}index.html`);
    if (isOther) return context.redirect(base + other + search, 308);
    return reply("404.html", 404);
  });

  async function reply(path: string, status: number): Promise<Response> {
    const content = await readFile(new URL(path, directory));
    const body = ofThisMachine.test(path) ? ofThisReader(content.toString()) : content;
    return new Response(body, {
      status,
      headers: { "Content-Type": typeOf(path) },
    });
  }

  function ofThisReader(text: string): string {
    return text
      .replaceAll(defaults.mock, mock)
      .replaceAll(defaults.demo, demo())
      .replaceAll(defaults.docs, url);
  }

  const server = createAdaptorServer(app) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}
