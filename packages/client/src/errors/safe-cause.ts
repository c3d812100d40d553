/** Codes of Node, undici and OpenSSL. None has digits or small letters enough to be a secret. */
const codes =
  /^(E[A-Z_]{3,15}|(ERR|UND_ERR|CERT|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|HPE)_[A-Z0-9_]{1,50})$/;

const certificate = /^(CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERR_TLS_CERT)/;

const network = /^(UND_ERR_|ECONN|EPIPE|E(AI_AGAIN|TIMEDOUT|NOTFOUND|NETUNREACH|HOSTUNREACH)$)/;

/** Where an error of the Node transport names its proxy; the credentials package reads it too. */
export const proxyOf: unique symbol = Symbol.for("@partner-qualifications/proxy");

/** What is looked at of anything thrown. */
interface Thrown {
  code?: unknown;
  name?: unknown;
  message?: unknown;
  syscall?: unknown;
  [proxyOf]?: unknown;
  cause?: unknown;
  errors?: unknown;
}

/** A thrown value, what caused it, and the several errors that it may stand for. */
function chain(thrown: unknown, depth = 6): Thrown[] {
  if (typeof thrown !== "object" || thrown === null || depth === 0) return [];
  const { cause, errors } = thrown as Thrown;
  const inner = [cause, ...(Array.isArray(errors) ? errors : [])];
  return [thrown, ...inner.flatMap((one) => chain(one, depth - 1))];
}

const codesOf = (thrown: unknown): string[] =>
  chain(thrown).flatMap(({ code }) => (codes.test(String(code)) ? String(code) : []));

/**
 * Why something failed, as far as anybody may read it: a known code, Entra's number and the proxy of the Node
 * transport, never words of others.
 *
 * @returns For instance ` (ECONNREFUSED)`; empty when there is nothing to tell.
 */
export function reasonOf(thrown: unknown): string {
  const numbers = chain(thrown).flatMap(({ message }) =>
    [/\bAADSTS\d{4,9}\b/.exec(String(message))?.[0]].filter((found) => found !== undefined),
  );
  const proxies = chain(thrown).flatMap((one) =>
    one[proxyOf] ? `through ${String(one[proxyOf])}` : [],
  );
  const found = new Set([...numbers, ...codesOf(thrown), ...proxies]);
  return found.size > 0 ? ` (${[...found].join(", ")})` : "";
}

/** Whether a network was in the way, which may pass at any time. */
export const isNetworkError = (thrown: unknown): boolean =>
  codesOf(thrown).some((code) => network.test(code));

/** A certificate that is not trusted: another attempt meets the same one. */
export const isCertificateError = (thrown: unknown): boolean =>
  codesOf(thrown).some((code) => certificate.test(code));

/** Codes that say so by themselves, as node-fetch passes on no more than a code. */
const beforeConnection = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/;

/** Whether a request was certainly not written: there never was a connection to write it to. */
export function neverLeft(thrown: unknown): boolean {
  return (
    isCertificateError(thrown) ||
    codesOf(thrown).some((code) => beforeConnection.test(code)) ||
    chain(thrown).some(({ syscall }) => syscall === "connect" || syscall === "getaddrinfo")
  );
}

/** Has what `@partner-qualifications/credentials` throws, whose words hold no secret. */
export const showable: symbol = Symbol.for("@partner-qualifications/credentials/error");

/**
 * What can stand as the `cause` of an error in every view: the kind of what was thrown and its codes. An
 * error of ours stands for itself.
 */
export function safeCause(thrown: unknown): Error {
  const { name } = Object(thrown) as Thrown;
  if (thrown instanceof Error && (showable in thrown || "toSupportBundle" in thrown)) return thrown;
  const known = /^([A-Z][a-z]{1,20}){1,5}$/.test(String(name)) ? String(name) : "Error";
  const cause = new Error(`${known}${reasonOf(thrown)}`);
  // Where it was made says nothing, and what was thrown says too much.
  cause.stack = cause.message;
  return cause;
}
