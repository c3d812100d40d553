// `node openapi-backend.ts <contract> <port>`: openapi-backend as a mock, set up by its guide, on Node's
// own server. It validates requests.

import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { OpenAPIBackend } from "openapi-backend";

const [definition = "", port] = process.argv.slice(2);
const api = new OpenAPIBackend({
  definition,
  // It validates documents by OpenAPI 3.0 only.
  quick: true,
  ajvOpts: { strict: false },
  handlers: {
    notImplemented: (context) =>
      context.api.mockResponseForOperation(context.operation.operationId as string),
    validationFail: (context) => ({ status: 400, mock: context.validation.errors }),
    notFound: () => ({ status: 404, mock: "not found" }),
  },
});
await api.init();
createServer(async (request, response) => {
  const body = await text(request);
  const [path = "", query = ""] = (request.url ?? "").split("?");
  const { status, mock } = (await api.handleRequest({
    method: request.method ?? "",
    path,
    query,
    headers: request.headers as Record<string, string>,
    ...(body && { body: JSON.parse(body) as object }),
  })) as { status: number; mock: unknown };
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(mock));
}).listen(Number(port), "127.0.0.1");
