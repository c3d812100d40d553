/** What the command was given cannot be. */
export class UsageError extends Error {}

/** What went wrong, in one line where its reason is known. */
export function explain(error: NodeJS.ErrnoException): string | undefined {
  switch (error.code) {
    case "EADDRINUSE":
      return "the port is taken; choose another with --port or MOCK_PORT";
    case "EACCES":
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `cannot listen there (${error.code}); see --host and --port`;
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
