const hostName =
  /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;

/**
 * Reduces a pasted address to its host name, which is what the contract calls a website.
 *
 * @returns `undefined` if there is none.
 * @example
 * hostNameOf(" https://www.contoso.edu/about "); // "www.contoso.edu"
 */
export function hostNameOf(address: string): string | undefined {
  const [, host = ""] =
    /^(?:[a-z]+:\/\/)?(?:[^/?#]*@)?([^/?#:\s]+)\S*$/i.exec(address.trim()) ?? [];
  return hostName.test(host) ? host.toLowerCase() : undefined;
}
