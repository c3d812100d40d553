import type { QualificationsClient } from "@partner-qualifications/client";
import openapiFetch, { type Client } from "openapi-fetch";
import type { paths } from "../generated/paths.ts";

export type { components, operations, paths } from "../generated/paths.ts";

/** An openapi-fetch client with the contract's paths. */
export interface HttpClient extends Client<paths> {}

/**
 * Creates an openapi-fetch client on a client's `fetch`: the same identifiers, token, timeouts and retries on
 * each call. It returns `{ data, error, response }`, and throws without a response or if a successful one is
 * not JSON. `openapi-react-query` accepts it.
 *
 * For an error response without a body, `error` has a `description` with the status, so that `error` is always
 * set after a failure.
 *
 * Middleware receives a real `Request` and `Response`, as openapi-fetch documents. Without middleware the
 * client uses a lighter request, which costs less.
 *
 * @example
 * const http = createHttpClient(createQualificationsClient({ credential }));
 * const { data, error, response } = await http.GET("/v1/customers/{customer_id}/qualifications", {
 *   params: { path: { customer_id: customerId } },
 * });
 */
export function createHttpClient({
  baseUrl,
  fetch,
}: Pick<QualificationsClient, "baseUrl" | "fetch">): HttpClient {
  const http = create<paths>({
    baseUrl,
    fetch: async (request) => describeEmpty(await fetch(request)),
    Request: LightRequest as unknown as typeof Request,
  });
  let hasMiddleware = false;
  // Middleware may copy a request, which only a real one allows.
  const complete = <Init>(init: Init): Init =>
    hasMiddleware || (init as { middleware?: unknown } | undefined)?.middleware
      ? { Request: globalThis.Request, ...init }
      : init;
  for (const method of methods) {
    const send = http[method] as (path: string, init?: object) => Promise<never>;
    http[method] = (path: string, init?: object) => send(path, complete(init));
  }
  const { request, use } = http;
  http.request = (method, path, ...[init]) => request(method, path, complete(init) as never);
  http.use = (...middleware) => {
    hasMiddleware = true;
    use(...middleware);
  };
  return http;
}

// In CommonJS the default import is the module itself.
const create =
  (openapiFetch as typeof openapiFetch & { default?: typeof openapiFetch }).default ?? openapiFetch;

const methods = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"] as const;

/**
 * What openapi-fetch builds in place of a `Request`, which costs several times as much as the rest of the
 * client. The client's `fetch` needs only these members.
 */
class LightRequest {
  declare readonly headers: Headers;
  declare readonly body: string | undefined;
  declare readonly signal: AbortSignal | undefined;
  readonly url: string;
  readonly method: string = "GET";

  constructor(url: string, init: Partial<LightRequest>) {
    Object.assign(this, init);
    this.url = url;
  }
}

/** openapi-fetch returns an empty error as a falsy value, which `if (error)` misses. */
async function describeEmpty(response: Response): Promise<Response> {
  if (response.ok || (await response.text()) !== "") return response;
  const { status } = response;
  const text = JSON.stringify({ description: `Partner Center returned ${status} without a body` });
  const headers = new Headers([...response.headers.entries()]);
  headers.delete("content-length");
  return Object.defineProperties(response, {
    headers: { value: headers },
    text: { value: async () => text },
    json: { value: async () => JSON.parse(text) as unknown },
  });
}
