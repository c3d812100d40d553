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

/** Returns what to print of an error, and the exit code. */
export function explain(error: unknown): { message: string; exitCode: number } {
  if (error instanceof CommandError) return { message: error.message, exitCode: error.exitCode };
  const { kind, name, message, docs, code } = Object(error) as Record<string, unknown>;
  const exitCode =
    kind === "authentication" || name === "CredentialError"
      ? exitCodes.signIn
      : kind === "invalidRequest"
        ? exitCodes.usage
        : exitCodes.failed;
  if (code === "ENOSPC") {
    return {
      message:
        "The disk is full. What was recorded is kept; run the command again once there is space.",
      exitCode,
    };
  }
  const text = typeof message === "string" && message ? message : String(error);
  return { message: typeof docs === "string" ? `${text}\n${docs}` : text, exitCode };
}
