import { Agent, type Dispatcher, EnvHttpProxyAgent, fetch as undiciFetch } from "undici";
import { checkNames, checkPositive } from "../check.ts";
import type { FetchInit } from "../pipeline/transport.ts";
import { Connections } from "./connections.ts";
import { nameProxy, readProxies } from "./proxies.ts";
import { Exchange } from "./exchange.ts";
import { completeHeaders } from "./node-headers.ts";
import { completeResponse, withUrl } from "./node-response.ts";

export interface NodeFetchOptions {
  /**
   * The most connections to one origin. Further requests queue. The queue counts towards the client's
   * `totalTimeoutMs`, but not towards `timeoutMs`.
   *
   * @default 64
   */
  connections?: number | undefined;
  /**
   * How long an idle connection stays open, in milliseconds.
   *
   * @default 10_000
   */
  keepAliveMs?: number | undefined;
}

/** A standard `fetch` with connections to close. */
export interface NodeFetch {
  (input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** Closes the connections once all requests have ended. Another call returns the same promise. */
  close(): Promise<void>;
  /** Calls `close`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Creates a faster `fetch` for Node: undici's own request on a pool of connections, which costs a third of
 * the global `fetch`. It obeys `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`, and decodes gzip, deflate and br.
 * It needs `undici`, an optional peer of this package.
 *
 * Behind a proxy, pass the same `fetch` to client and credential, so that calls and token requests both use
 * the proxy.
 *
 * The client's own requests use the fast path. Any other request, such as one that follows redirects, uses
 * undici's `fetch` on the same connections.
 *
 * As with every `fetch` in Node, read or cancel the body of each response: an unread body above 64 KiB
 * occupies its connection.
 *
 * @returns A `fetch` to close or dispose of when it is no longer needed. After that it throws.
 * @throws {InvalidRequestError} When an option is unknown or is not a positive number.
 * @throws {TypeError} When the runtime's undici is incomplete, as on Bun, or a variable is not the URL of a
 * proxy.
 * @example
 * await using fetch = createNodeFetch();
 * const credential = credentialFromEnvironment(process.env, { fetch });
 * const client = createQualificationsClient({ credential, fetch });
 */
export function createNodeFetch(options: NodeFetchOptions = {}): NodeFetch {
  const { connections = 64, keepAliveMs = 10_000 } = options;
  checkNames("options", options, ["connections", "keepAliveMs"]);
  checkPositive("connections", connections);
  checkPositive("keepAliveMs", keepAliveMs);
  const agentOptions = { connections, keepAliveTimeout: keepAliveMs };
  const proxies = readProxies();
  const dispatcher: Dispatcher = proxies
    ? new EnvHttpProxyAgent({ ...agentOptions, ...proxies })
    : new Agent(agentOptions);
  if (typeof dispatcher.dispatch !== "function") {
    throw new TypeError(
      "This runtime's undici is incomplete. Omit the fetch option to use the runtime's own fetch.",
    );
  }
  completeHeaders();
  completeResponse();
  const line = new Connections(connections);
  let closed: Promise<void> | undefined;

  const fetch = (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    // Synchronously, not as a rejection: the client would retry that as a lost connection.
    if (closed) throw new TypeError("This fetch is closed: create another with createNodeFetch()");
    const answer =
      typeof input === "string" && isPlain(input, init)
        ? send(input, init)
        : standardFetch(input, init);
    if (!proxies) return answer;
    return answer.catch((error: unknown) => {
      nameProxy(error, input instanceof Request ? input.url : String(input), proxies);
      throw error;
    });
  };

  function send(url: string, { method, headers, body, signal, onQueued }: FetchInit) {
    return new Promise<Response>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const start = url.indexOf("/", url.indexOf("://") + 3);
      const origin = url.slice(0, start);
      const path = url.slice(start);
      let started: (() => void) | undefined;
      const leave = line.take(origin, () => {
        started?.();
        signal?.removeEventListener("abort", giveUp);
        const done = () => line.free(origin);
        const exchange = new Exchange({ url, method, signal, resolve, reject, done });
        dispatcher.dispatch(
          { origin, path, method: method as Dispatcher.HttpMethod, headers, body: body ?? null },
          exchange,
        );
      });
      function giveUp() {
        leave?.();
        reject(signal?.reason as Error);
      }
      if (leave) {
        signal?.addEventListener("abort", giveUp);
        started = onQueued?.();
      }
    });
  }

  async function standardFetch(input: string | URL | Request, init: RequestInit | undefined) {
    const request = new Request(input, init);
    const { url, method, redirect, signal } = request;
    // A stream can be sent only once; after a redirect anything else can be sent again.
    const isStream = init?.body instanceof ReadableStream;
    const body = request.body && (isStream ? request.body : await request.arrayBuffer());
    const response = await undiciFetch(url, {
      method,
      redirect,
      signal,
      dispatcher,
      headers: [...request.headers],
      ...(body && { body: body as never, duplex: "half" }),
    });
    const { status, statusText, headers, redirected } = response;
    const web = new Response(response.body as ReadableStream | null, {
      status,
      statusText,
      headers: [...headers],
    });
    return withUrl(web, response.url, redirected);
  }

  const close = () => (closed ??= line.idle().then(() => dispatcher.close()));
  return Object.assign(fetch, { close, [Symbol.asyncDispose]: close });
}

const plainUrl = /^https?:\/\/[a-z0-9.:[\]-]+\/[!"$-[\]-~]*$/;

/** Returns whether a request has the form of the client's own, which needs no normalization. */
function isPlain(url: string, init: RequestInit | undefined): init is FetchInit {
  const { method = "", redirect, headers, body } = init ?? {};
  return (
    redirect === "manual" &&
    /^[A-Z]+$/.test(method) &&
    headers !== undefined &&
    Object.getPrototypeOf(headers) === Object.prototype &&
    (body == null ||
      (typeof body === "string" && "content-type" in headers && !/^(GET|HEAD)$/.test(method))) &&
    plainUrl.test(url) &&
    !url.includes("/.")
  );
}
