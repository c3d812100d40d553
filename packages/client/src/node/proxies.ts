import { proxyOf } from "../errors/safe-cause.ts";

/** The proxies of the environment, as undici expects them. */
export interface Proxies {
  httpProxy: string;
  httpsProxy: string;
}

/**
 * Reads `HTTP_PROXY` and `HTTPS_PROXY`, lower-case names first. A proxy without a scheme is an http one, as in
 * curl.
 *
 * @returns `undefined` if the environment names no proxy.
 * @throws {TypeError} When a variable is not the URL of a proxy.
 */
export function readProxies(env: NodeJS.ProcessEnv = process.env): Proxies | undefined {
  const httpProxy = readProxy(env, "http_proxy");
  const httpsProxy = readProxy(env, "https_proxy") ?? httpProxy;
  if (httpProxy === undefined && httpsProxy === undefined) return undefined;
  // Empty, so that undici does not read the variables again.
  return { httpProxy: httpProxy ?? "", httpsProxy: httpsProxy ?? "" };
}

function readProxy(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const variable = [name, name.toUpperCase()].find((one) => env[one]?.trim());
  if (variable === undefined) return undefined;
  const value = env[variable]!.trim();
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url && /^(https?|socks5?):$/.test(url.protocol) && url.hostname !== "") return address;
  throw new TypeError(
    `${variable} is ${JSON.stringify(shown(value))}, which is not the address of a proxy. Set it to one such as http://proxy.example:3128, or unset it.`,
  );
}

/**
 * Adds the name of the proxy to a request's error, for messages. It does not know which hosts `NO_PROXY`
 * excludes.
 *
 * @param address The URL of the request.
 */
export function nameProxy(error: unknown, address: string, proxies: Proxies): void {
  const isHttps = address.startsWith("https:");
  const proxy = isHttps ? proxies.httpsProxy : proxies.httpProxy;
  if (proxy === "" || !(error instanceof Error)) return;
  const status = statusOf(error);
  const text = `proxy ${shown(proxy)}${status ? `, which returned ${status}` : ""}`;
  Object.defineProperty(error, proxyOf, { value: text, configurable: true });
}

/** Returns the status with which a proxy refused, which only undici's message has. */
function statusOf(error: unknown, depth = 5): string | undefined {
  if (!(error instanceof Error) || depth === 0) return undefined;
  return /^Proxy \D+\((\d{3})\)/.exec(error.message)?.[1] ?? statusOf(error.cause, depth - 1);
}

/** Returns a URL without its user name, password and path. */
function shown(address: string): string {
  const [, scheme = "", rest = ""] = /^([a-z][a-z0-9+.-]*:\/\/)?(.*)$/is.exec(address) ?? [];
  return scheme + rest.replace(/^.*@/s, "").replace(/[/?#].*$/s, "");
}
