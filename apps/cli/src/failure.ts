/** What the command's exit code says. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  incomplete: 3,
  signIn: 4,
  stopped: 130,
} as const;

/** A failure that is printed as one line, with the exit code that it ends the command with. */
export class CommandError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number = exitCodes.usage) {
    super(message);
    this.exitCode = exitCode;
  }
}

const fullDisk =
  "The disk is full. Stored data is kept. Free some space and run the command again.";

/** Returns what to print of an error, and the exit code. */
export function explain(error: unknown): { message: string; exitCode: number } {
  if (error instanceof CommandError) return { message: error.message, exitCode: error.exitCode };
  const { kind, name, message, docs, code } = Object(error) as Record<string, unknown>;
  const text = typeof message === "string" && message ? message : String(error);
  // Of the file system, and of PostgreSQL.
  if (code === "ENOSPC" || code === "53100" || /no space left on device/i.test(text))
    return { message: fullDisk, exitCode: exitCodes.failed };
  const isSignIn = kind === "authentication" || name === "CredentialError";
  const other = kind === "invalidRequest" ? exitCodes.usage : exitCodes.failed;
  return {
    message: typeof docs === "string" ? `${text}\n${docs}` : text,
    exitCode: isSignIn ? exitCodes.signIn : other,
  };
}
