/** What went wrong, for a person, from any error body of the contract or from a lost connection. */
export function describeError(error: unknown): string {
  if (typeof error === "string" && error !== "") return error;
  if (error instanceof Error) return "The demo's server does not answer. Is it still running?";
  const { description, message, code } = (error ?? {}) as {
    description?: string;
    message?: string;
    code?: string | number;
  };
  return `${description ?? message ?? "No reason was given."}${code === undefined ? "" : ` (code ${code})`}`;
}
