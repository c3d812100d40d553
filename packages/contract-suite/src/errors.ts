/** The suite cannot run. Each subclass has its own exit code. */
export abstract class SuiteError extends Error {
  abstract readonly kind: "usage" | "unreachable" | "seed" | "token" | "timeout" | "nothingJudged";
  abstract readonly exitCode: number;
}

export class UsageError extends SuiteError {
  override name = "UsageError";
  readonly kind = "usage";
  readonly exitCode = 2;
}

/** No server answers at the base URL. */
export class UnreachableError extends SuiteError {
  override name = "UnreachableError";
  readonly kind = "unreachable";
  readonly exitCode = 3;
}

/** The seed, path or case to replay is invalid. */
export class SeedError extends SuiteError {
  override name = "SeedError";
  readonly kind = "seed";
  readonly exitCode = 5;
}

/** The token's variable is empty or not set. */
export class TokenError extends SuiteError {
  override name = "TokenError";
  readonly kind = "token";
  readonly exitCode = 6;
}

/** The server accepts the connection but does not answer in time. */
export class HangingError extends SuiteError {
  override name = "HangingError";
  readonly kind = "timeout";
  readonly exitCode = 7;
}

/** No exchange was judged, or a phase cannot run against the target. */
export class NothingJudgedError extends SuiteError {
  override name = "NothingJudgedError";
  readonly kind = "nothingJudged";
  readonly exitCode = 8;
}
