/** The suite cannot be run; each reason has its own exit code. */
export abstract class SuiteError extends Error {
  abstract readonly exitCode: number;
}

export class UsageError extends SuiteError {
  override name = "UsageError";
  readonly exitCode = 2;
}

/** Nothing answers at the base address. */
export class UnreachableError extends SuiteError {
  override name = "UnreachableError";
  readonly exitCode = 3;
}

/** The seed, the path or the case that is to be replayed is not one. */
export class SeedError extends SuiteError {
  override name = "SeedError";
  readonly exitCode = 5;
}

/** The variable that should hold the token is not set, or empty. */
export class TokenError extends SuiteError {
  override name = "TokenError";
  readonly exitCode = 6;
}

/** The server takes the connection, and does not answer in time. */
export class HangingError extends SuiteError {
  override name = "HangingError";
  readonly exitCode = 7;
}

/** Nothing was judged, or a phase cannot run against the target. */
export class NothingJudgedError extends SuiteError {
  override name = "NothingJudgedError";
  readonly exitCode = 8;
}
