import { createServer, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

const approved = { qualification: "Education", vettingStatus: "Approved" };
const company = (companyName: string) => ({ id: companyName, companyProfile: { companyName } });
const next = { headers: [{ key: "MS-ContinuationToken", value: "second" }] };

/** The server for the cases: the end of a customer's id selects its behavior. */
export async function startPortableServer() {
  const failedOnce = new Set<string>();
  const server = createServer(async (request, response) => {
    const { url = "", method, headers } = request;
    let sent = "";
    for await (const chunk of request) sent += chunk;
    if (url.startsWith("/v1/customers?") || url === "/v1/customers") {
      const second = headers["ms-continuationtoken"] === "second";
      const page = second
        ? { items: [company("Fabrikam")] }
        : { items: [company("Contoso")], links: { next } };
      return answer(response, 200, page);
    }
    if (method === "POST") {
      const item = { ...JSON.parse(sent), vettingStatus: "InReview" };
      return answer(response, 201, { ...item, vettingCreateDate: new Date(0).toISOString() });
    }
    const [, name = ""] = /-0*(\w+)\/qualifications$/.exec(url) ?? [];
    if (name === "503" && !failedOnce.has(String(headers["ms-requestid"]))) {
      failedOnce.add(String(headers["ms-requestid"]));
      return answer(response, 503, {}, { "Retry-After": "0" });
    }
    if (name === "401" && headers.authorization === "Bearer stale")
      return answer(response, 401, {});
    if (name === "403") return answer(response, 403, { code: 20002, description: "No" });
    if (name === "302") return answer(response, 302, {}, { Location: "/v1/elsewhere" });
    if (name === "999") return undefined;
    return answer(
      response,
      200,
      name === "feff" ? [] : [approved],
      {},
      name === "feff" ? "\ufeff" : "",
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
  start = "",
) {
  response.writeHead(status, { "Content-Type": "application/json", ...headers });
  response.end(start + JSON.stringify(body));
}
