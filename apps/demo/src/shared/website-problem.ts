const hostName =
  /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;

/**
 * What is wrong with a web site: the contract has a host name, without a scheme.
 *
 * @returns A sentence that says how to mend it, or `undefined`.
 */
export function websiteProblem(website: string): string | undefined {
  if (hostName.test(website)) return undefined;
  if (/\s/.test(website)) return "A web site has no spaces in it. Write it as in example.edu.";
  const [, host] =
    /^(?:[a-z]+:)?\/\/([^/:?#]+)/i.exec(website) ?? /^([^/:?#]+)[/:?#]/.exec(website) ?? [];
  if (host && hostName.test(host)) return `Write the name of the host alone: ${host}.`;
  return "That is not a web site. Write it as in example.edu.";
}
