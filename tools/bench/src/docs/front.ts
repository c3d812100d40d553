import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

/** A file before compression. */
export interface File {
  type: string;
  body: Buffer;
}

/**
 * Serves files over HTTP/1.1, all compressed once in the same way and cached, so that a page's cost does
 * not depend on its server.
 */
export async function serveCompressed(find: (path: string) => Promise<File | undefined>) {
  const kept = new Map<string, Promise<File | undefined>>();
  const compressed = async (path: string) => {
    const file = await find(path);
    return file && { ...file, body: await promisify(gzip)(file.body, { level: 9 }) };
  };
  const server: Server = createServer((request, response) => {
    const path = request.url ?? "/";
    const file = kept.get(path) ?? compressed(path);
    kept.set(path, file);
    file.then(
      (found) => {
        response.writeHead(found ? 200 : 404, {
          "content-type": found?.type ?? "text/plain",
          ...(found && { "content-encoding": "gzip", "content-length": found.body.length }),
        });
        response.end(found?.body);
      },
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.dispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}
