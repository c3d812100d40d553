import { CredentialError } from "../errors/credential-error.ts";
import { isUsed, proxyFor, shownProxy } from "../settings/proxy.ts";

/** Where the client's Node transport records the proxy that it used. */
const proxyOf: unique symbol = Symbol.for("@partner-qualifications/proxy");
const codes = /^[A-Z][A-Z0-9_]{1,60}$/;

/**
 * Creates the error for a token endpoint that did not answer. It names the network's code and the proxy
 * only, since other parts of an error may repeat the request.
 *
 * @param isOwnFetch Whether the caller passed a transport.
 */
export function unreachable(
  authority: string,
  error: unknown,
  isOwnFetch: boolean,
): CredentialError {
  const { host, protocol } = new URL(authority);
  const chain = causes(error);
  const code = chain.map((one) => String(one.code)).find((found) => codes.test(found));
  const configured = isOwnFetch ? undefined : proxyFor(protocol === "https:" ? "https" : "http");
  const used = chain.map((one) => one[proxyOf]).find((found) => typeof found === "string");
  const proxy = used ?? (configured && isUsed() ? `the proxy of ${shownProxy(configured)}` : "");
  const details = [code, proxy && `through ${proxy}`].filter(Boolean).join(", ");
  return new CredentialError({
    kind: "connection",
    meaning: `${host} cannot be reached${details && ` (${details})`}`,
    remedy:
      configured && !isUsed()
        ? `Node's own fetch does not use the proxy of ${shownProxy(configured)}: pass fetch: createNodeFetch() of @partner-qualifications/client/node, or set NODE_USE_ENV_PROXY=1 (Node 22.21, 24.5 or newer).`
        : "Check the network, the proxy and the environment, then try again.",
  });
}

interface Thrown {
  code?: unknown;
  cause?: unknown;
  errors?: unknown;
  [proxyOf]?: unknown;
}

function causes(thrown: unknown, depth = 5): Thrown[] {
  if (typeof thrown !== "object" || thrown === null || depth === 0) return [];
  const { cause, errors } = thrown as Thrown;
  return [thrown, ...[cause, errors].flat().flatMap((one) => causes(one, depth - 1))];
}
