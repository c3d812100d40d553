import http from "node:http";
import { invalidSetting } from "../errors/invalid-setting.ts";

/** An environment variable that names a proxy. */
export interface ProxyVariable {
  variable: string;
  /** Has a scheme, and may contain a user name and a password. */
  address: string;
}

/** Returns the environment's proxy for a scheme. Like curl, it prefers the lower-case variable. */
export function proxyFor(scheme: "http" | "https"): ProxyVariable | undefined {
  const name = `${scheme}_proxy`;
  const variable = [name, name.toUpperCase()].find((one) => process.env[one]?.trim());
  if (variable === undefined) return undefined;
  const value = process.env[variable]!.trim();
  return { variable, address: /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}` };
}

/** Whether Node's own `fetch` uses the environment's proxies. */
export const isUsed = (): boolean => process.env.NODE_USE_ENV_PROXY === "1";

/**
 * Makes Node's own `fetch` use the environment's proxies. For the command, whose user cannot pass a
 * transport.
 *
 * @throws {CredentialError} `invalidSetting`.
 */
export function useProxies(): void {
  const [plain, secure] = [proxyFor("http"), proxyFor("https")];
  // Before Node 24.14, only the variable does this, at Node's start; an error says so.
  if ((!plain && !secure) || isUsed() || typeof http.setGlobalProxyFromEnv !== "function") return;
  for (const { variable, address } of [plain, secure].filter((one) => one !== undefined)) {
    if (/^https?:$/.test(URL.parse(address)?.protocol ?? "")) continue;
    throw invalidSetting(
      `${variable} is not the address of an http or https proxy`,
      "Use an address such as http://proxy.example:3128, or unset it.",
    );
  }
  http.setGlobalProxyFromEnv({
    ...(plain && { http_proxy: plain.address }),
    ...(secure && { https_proxy: secure.address }),
    no_proxy: process.env.no_proxy ?? process.env.NO_PROXY,
  });
  process.env.NODE_USE_ENV_PROXY = "1";
}

/** The proxy's variable and host, without user name and password. */
export function shownProxy({ variable, address }: ProxyVariable): string {
  return `${variable} (${URL.parse(address)?.host ?? "not an address"})`;
}
