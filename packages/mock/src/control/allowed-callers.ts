import { BlockList, isIP } from "node:net";
import type { Message } from "../http/request.ts";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/**
 * Which requests name a host that the mock listens on: a name or address of the loopback, the address at which the
 * request arrived, or what the mock was told. A page whose own name was made to point at the mock (DNS rebinding) names
 * another one. The port does not matter: a container's is often another outside.
 *
 * @param hosts The host that the mock was told to listen on, and those that may control it besides.
 * @throws {RangeError} When one of them is not a host name.
 */
export function ownHosts(hosts: string[]): (message: Message) => boolean {
  const told = new Set(
    hosts.map((host) => {
      const canonical = canonicalHost(inAuthority(host));
      if (canonical === undefined) throw new RangeError(`"${host}" is not a host name`);
      return canonical;
    }),
  );
  return ({ host, localAddress = "" }) => {
    const name = canonicalHost(host);
    if (name === undefined) return false;
    if (told.has(name) || /(^|\.)localhost$/.test(name)) return true;
    const address = name.replace(/^\[|\]$/g, "");
    const family = isIP(address);
    if (family !== 0 && loopback.check(address, family === 4 ? "ipv4" : "ipv6")) return true;
    // A server that listens on IPv6 sees an address of IPv4 as one of IPv6.
    return name === canonicalHost(inAuthority(localAddress.replace(/^::ffff:(?=\d+\.)/i, "")));
  };
}

/** A name or address as it stands in an authority, without the interface that an address of IPv6 may name. */
function inAuthority(host: string): string {
  return isIP(host) === 6 ? `[${host.replace(/%.*/, "")}]` : host;
}

/** A host as browsers write it, without its port: in lower case, an address in its shortest form. */
function canonicalHost(authority: string): string | undefined {
  if (authority === "" || /[/?#@\\]/.test(authority)) return undefined;
  const address = `http://${authority}`;
  return URL.canParse(address) ? new URL(address).hostname.replace(/\.$/, "") : undefined;
}
