/** Codes of Node, undici and OpenSSL, which are too regular to be secrets. */
const codes =
  /^(E[A-Z_]{3,15}|(ERR|UND_ERR|CERT|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|HPE)_[A-Z0-9_]{1,50})$/;

/** The member in which the Node transport names the proxy of an error. The credentials package reads it too. */
export const proxyOf: unique symbol = Symbol.for("@partner-qualifications/proxy");

/** The members of a thrown value that the client reads. */
interface Thrown {
  code?: unknown;
  name?: unknown;
  message?: unknown;
  syscall?: unknown;
  [proxyOf]?: unknown;
  cause?: unknown;
  errors?: unknown;
}

/** Returns a thrown value, its causes, and the members of an aggregate. */
function chain(thrown: unknown, depth = 6): Thrown[] {
  if (typeof thrown !== "object" || thrown === null || depth === 0) return [];
  const { cause, errors } = thrown as Thrown;
  const inner = [cause, ...(Array.isArray(errors) ? errors : [])];
  return [thrown, ...inner.flatMap((one) => chain(one, depth - 1))];
}

/** Returns whether a value in the chain has a code that matches. */
const hasCode = (thrown: unknown, pattern: RegExp): boolean =>
  chain(thrown).some(({ code }) => pattern.test(String(code)));

/**
 * Returns the reason of a failure, reduced to what is safe to show: known codes, Entra's number and the proxy
 * of the Node transport, and nothing of a foreign message.
 *
 * @returns For instance ` (ECONNREFUSED)`; empty without a known reason.
 */
export function reasonOf(thrown: unknown): string {
  const all = chain(thrown);
  const found = new Set([
    ...all.map(({ message }) => /\bAADSTS\d{4,9}\b/.exec(String(message))?.[0]),
    ...all.map(({ code }) => codes.exec(String(code))?.[0]),
    ...all.map(({ [proxyOf]: proxy }) => proxy && `through ${String(proxy)}`),
  ]);
  found.delete(undefined);
  return found.size > 0 ? ` (${[...found].join(", ")})` : "";
}

/** Returns whether the network failed, which may be temporary. */
export const isNetworkError = (thrown: unknown): boolean =>
  hasCode(thrown, /^(UND_ERR_|ECONN|EPIPE|E(AI_AGAIN|TIMEDOUT|NOTFOUND|NETUNREACH|HOSTUNREACH)$)/);

/** Returns whether a certificate is not trusted, which another attempt does not change. */
export const isCertificateError = (thrown: unknown): boolean =>
  hasCode(thrown, /^(CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERR_TLS_CERT)/);

/** Returns whether a request was certainly not sent, since there was no connection. */
export const neverLeft = (thrown: unknown): boolean =>
  isCertificateError(thrown) ||
  // Some codes suffice, as node-fetch passes on no more than a code.
  hasCode(thrown, /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/) ||
  chain(thrown).some(({ syscall }) => syscall === "connect" || syscall === "getaddrinfo");

/** Marks errors of `@partner-qualifications/credentials`, whose messages hold no secret. */
export const showable: symbol = Symbol.for("@partner-qualifications/credentials/error");

/**
 * Returns an error that is safe as a `cause`: the name of the thrown value and its codes. The packages' own
 * errors are safe as they are.
 */
export function safeCause(thrown: unknown): Error {
  if (thrown instanceof Error && (showable in thrown || "toSupportBundle" in thrown)) return thrown;
  const name = String((Object(thrown) as Thrown).name);
  const cause = new Error(
    `${/^([A-Z][a-z]{1,20}){1,5}$/.test(name) ? name : "Error"}${reasonOf(thrown)}`,
  );
  // The own stack is useless, and the foreign one may hold a secret.
  cause.stack = cause.message;
  return cause;
}
