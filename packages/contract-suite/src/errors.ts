/** The suite cannot run. Each reason has its own kind and exit code. */
export abstract class SuiteError extends Error {
  abstract readonly kind: "usage" | "unreachable" | "seed" | "token" | "timeout" | "nothingJudged";
  abstract readonly exitCode: number;
}

export class UsageError extends SuiteError {
  override name = "UsageError";
  readonly kind = "usage";
  readonly exitCode = 2;
}

/** Nothing answers at the base address. */
export class UnreachableError extends SuiteError {
  override name = "UnreachableError";
  readonly kind = "unreachable";
  readonly exitCode = 3;
}

/** The seed, the path or the case that is to be replayed is not one. */
export class SeedError extends SuiteError {
  override name = "SeedError";
  readonly kind = "seed";
  readonly exitCode = 5;
}

/** The variable that should hold the token is not set, or empty. */
export class TokenError extends SuiteError {
  override name = "TokenError";
  readonly kind = "token";
  readonly exitCode = 6;
}

/** The server takes the connection, and does not answer in time. */
export class HangingError extends SuiteError {
  override name = "HangingError";
  readonly kind = "timeout";
  readonly exitCode = 7;
}

/** Nothing was judged, or a phase cannot run against the target. */
export class NothingJudgedError extends SuiteError {
  override name = "NothingJudgedError";
  readonly kind = "nothingJudged";
  readonly exitCode = 8;
}
