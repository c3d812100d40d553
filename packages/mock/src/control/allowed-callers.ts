import { BlockList, isIP } from "node:net";
import type { Message } from "../http/request.ts";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/**
 * Returns a check whether a request names a host that the mock listens on: a name or address of the loopback, the
 * address at which the request arrived, or a configured host. A page whose own name was made to point at the mock (DNS
 * rebinding) names another one. The port does not matter: a container's is often another outside.
 *
 * @param hosts The configured hosts: the one to listen on, and those that may control the mock.
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
    // A server that listens on IPv6 gets an IPv4 address as an IPv6 one.
    return name === canonicalHost(inAuthority(localAddress.replace(/^::ffff:(?=\d+\.)/i, "")));
  };
}

/** Returns a name or address in the form of an authority, without the interface that an IPv6 address may name. */
function inAuthority(host: string): string {
  return isIP(host) === 6 ? `[${host.replace(/%.*/, "")}]` : host;
}

/** Returns a host as browsers write it, without its port: in lower case, an address in its shortest form. */
function canonicalHost(authority: string): string | undefined {
  if (authority === "" || /[/?#@\\]/.test(authority)) return undefined;
  const address = `http://${authority}`;
  return URL.canParse(address) ? new URL(address).hostname.replace(/\.$/, "") : undefined;
}

/** Returns whether a browser sends the request for a page of another site. */
export function isCrossSite({ headers, host }: Message): boolean {
  const { "sec-fetch-site": site = "none", origin } = headers;
  if (site !== "none" && site !== "same-origin") return true;
  // Older browsers send this alone; commands send neither.
  return origin !== undefined && origin !== `http://${host}`;
}
