import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A response in raw form. */
export interface RawAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/**
 * Starts a server that answers every request with the same bytes over a real connection.
 *
 * @param answer May be changed later.
 */
export async function answeringServer(answer: RawAnswer) {
  const server = createServer((request, response) => {
    request.resume().once("end", () => {
      const { status, headers, body } = answer;
      response.writeHead(status, {
        ...headers,
        "MS-RequestId": request.headers["ms-requestid"] ?? "",
        "MS-CorrelationId": request.headers["ms-correlationid"] ?? "",
        "Content-Length": Buffer.byteLength(body),
      });
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
