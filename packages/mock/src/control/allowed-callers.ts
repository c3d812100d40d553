import { BlockList, isIP } from "node:net";
import type { Message } from "../http/request.ts";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/**
 * Returns a predicate for requests that name a host of the mock: a loopback name or address, the address
 * at which the request arrived, or a configured host. After DNS rebinding, a page's requests name
 * another host. The port does not matter: a container's port often differs outside.
 *
 * @param hosts The configured hosts: the one to listen on, and those that can control the mock.
 * @throws {RangeError} When one of them is not a host name.
 */
export function ownHosts(hosts: string[]): (message: Message) => boolean {
  const configured = new Set(
    hosts.map((host) => {
      const canonical = canonicalHost(inAuthority(host));
      if (canonical === undefined) throw new RangeError(`"${host}" is not a host name`);
      return canonical;
    }),
  );
  return ({ host, localAddress = "" }) => {
    const name = canonicalHost(host);
    if (name === undefined) return false;
    if (configured.has(name) || /(^|\.)localhost$/.test(name)) return true;
    const address = name.replace(/^\[|\]$/g, "");
    const family = isIP(address);
    if (family !== 0 && loopback.check(address, family === 4 ? "ipv4" : "ipv6")) return true;
    // An IPv6 server sees IPv4 addresses in IPv6 form.
    return name === canonicalHost(inAuthority(localAddress.replace(/^::ffff:(?=\d+\.)/i, "")));
  };
}

/** Formats a name or address as an authority, without an IPv6 zone. */
function inAuthority(host: string): string {
  return isIP(host) === 6 ? `[${host.replace(/%.*/, "")}]` : host;
}

/** Formats a host as browsers do, without its port: in lower case, an address in its shortest form. */
function canonicalHost(authority: string): string | undefined {
  if (authority === "" || /[/?#@\\]/.test(authority)) return undefined;
  const address = `http://${authority}`;
  return URL.canParse(address) ? new URL(address).hostname.replace(/\.$/, "") : undefined;
}

/** Returns whether a browser sent the request for another site's page. */
export function isCrossSite({ headers, host }: Message): boolean {
  const { "sec-fetch-site": site = "none", origin } = headers;
  if (site !== "none" && site !== "same-origin") return true;
  // Older browsers send only this header; commands send neither.
  return origin !== undefined && origin !== `http://${host}`;
}
