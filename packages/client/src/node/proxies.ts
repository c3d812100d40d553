import { proxyOf } from "../errors/safe-cause.ts";

/** The proxies of the environment, in the form that undici takes. */
export interface Proxies {
  httpProxy: string;
  httpsProxy: string;
}

/**
 * Reads `HTTP_PROXY` and `HTTPS_PROXY`, in small letters first. A proxy without a scheme is an http one, as in curl.
 *
 * @returns Nothing when the environment names no proxy.
 * @throws {TypeError} When a variable does not hold an address of a proxy.
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
 * Names the proxy on an error of a request, for messages.
 *
 * @param address Of the request; a host that `NO_PROXY` excepts is not known here, so the words say only what is set.
 */
export function nameProxy(error: unknown, address: string, proxies: Proxies): void {
  const isHttps = address.startsWith("https:");
  const proxy = isHttps ? proxies.httpsProxy : proxies.httpProxy;
  if (proxy === "" || !(error instanceof Error)) return;
  const status = statusOf(error);
  const text = `proxy ${shown(proxy)}${status ? `, which answered ${status}` : ""}`;
  Object.defineProperty(error, proxyOf, { value: text, configurable: true });
}

/** With which status a proxy refused, in words of undici alone. */
function statusOf(error: unknown, depth = 5): string | undefined {
  if (!(error instanceof Error) || depth === 0) return undefined;
  return /^Proxy \D+\((\d{3})\)/.exec(error.message)?.[1] ?? statusOf(error.cause, depth - 1);
}

/** Without the name and the password that an address may hold, and without a path. */
function shown(address: string): string {
  const [, scheme = "", rest = ""] = /^([a-z][a-z0-9+.-]*:\/\/)?(.*)$/is.exec(address) ?? [];
  return scheme + rest.replace(/^.*@/s, "").replace(/[/?#].*$/s, "");
}
