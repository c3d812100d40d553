/** What the command was given cannot be. */
export class UsageError extends Error {}

/** What Node reports when a server cannot listen. */
interface ListenError extends NodeJS.ErrnoException {
  address?: string;
  hostname?: string;
  port?: number;
}

/** What went wrong, in one line where its reason is known. */
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
