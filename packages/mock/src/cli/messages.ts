/** Reports an invalid option, value or file. */
export class UsageError extends Error {}

/** Node's error when a server cannot listen. */
interface ListenError extends NodeJS.ErrnoException {
  address?: string;
  hostname?: string;
  port?: number;
}

/** Explains an error in one line; undefined for an unexpected one. */
export function explain(error: ListenError): string | undefined {
  const { code, address, hostname = address, port } = error;
  switch (code) {
    case "EADDRINUSE":
      return `port ${port} is in use; choose another with --port or MOCK_PORT`;
    case "EACCES":
      return `port ${port} is not allowed (EACCES); choose another with --port or MOCK_PORT`;
    case "EADDRNOTAVAIL":
    case "EAI_AGAIN":
    case "ENOTFOUND":
      return `${hostname} is not an address of this machine (${code}); choose another with --host`;
    default:
      return isUsage(error) ? error.message : error.stack;
  }
}

export function exitCodeOf(error: Error): number {
  return isUsage(error) ? 2 : 1;
}

function isUsage(error: Error): boolean {
  return error instanceof UsageError || error instanceof RangeError;
}

/**
 * Warns on the error stream when other machines can reach an address.
 *
 * @param address The IP address to listen on; an IPv6 one may be in brackets.
 */
export function warnIfReachable(address: string): void {
  if (/^127\.|^\[?::1\]?$/.test(address)) return;
  console.error(
    `Warning: ${address} is reachable from other machines; any client there can read and change everything.`,
  );
}
