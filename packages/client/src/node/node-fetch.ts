import { Agent, type Dispatcher, EnvHttpProxyAgent } from "undici";
import type { Fetch } from "../pipeline/transport.ts";
import { NodeResponse } from "./node-response.ts";

export interface NodeFetchOptions {
  /**
   * How many connections to one origin are kept at most.
   *
   * @default 64
   */
  connections?: number;
  /**
   * How long an unused connection is kept, in milliseconds.
   *
   * @default 10_000
   */
  keepAliveMs?: number;
}

export interface NodeFetch extends Fetch, AsyncDisposable {
  /** Closes the connections, once what is under way has ended. */
  close(): Promise<void>;
}

const proxyVariables = ["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"];

/**
 * A faster `fetch` for Node: undici's own request on a pool of connections, which costs a third of
 * the global `fetch`. It obeys `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`, follows no redirection and
 * does not decompress. Needs `undici`, an optional peer of this package.
 *
 * It is made for this client: of its answers only status, headers and body, as a text or a stream, can
 * be read.
 *
 * @returns A `fetch` to be closed, or disposed of, when it is no longer needed.
 * @example
 * await using fetch = createNodeFetch();
 * const client = createQualificationsClient({ credential, fetch });
 */
export function createNodeFetch({
  connections = 64,
  keepAliveMs = 10_000,
}: NodeFetchOptions = {}): NodeFetch {
  const options = { connections, keepAliveTimeout: keepAliveMs };
  const dispatcher: Dispatcher = proxyVariables.some((name) => process.env[name])
    ? new EnvHttpProxyAgent(options)
    : new Agent(options);
  const fetch: Fetch = (url, { method = "GET", headers, body, signal }) => {
    const start = url.indexOf("/", url.indexOf("://") + 3);
    const answer = dispatcher.request({
      origin: start < 0 ? url : url.slice(0, start),
      path: start < 0 ? "/" : url.slice(start),
      method: method as Dispatcher.HttpMethod,
      headers: headers as Record<string, string>,
      body: (body as string | null | undefined) ?? null,
      signal: signal ?? null,
    });
    return answer.then((data) => new NodeResponse(url, data) as unknown as Response);
  };
  const close = () => dispatcher.close();
  return Object.assign(fetch, { close, [Symbol.asyncDispose]: close });
}
