/** The suite cannot run. Each subclass has its own exit code. */
export abstract class SuiteError extends Error {
  abstract readonly exitCode: number;
}

export class UsageError extends SuiteError {
  override name = "UsageError";
  readonly exitCode = 2;
}

/** No server answers at the base URL. */
export class UnreachableError extends SuiteError {
  override name = "UnreachableError";
  readonly exitCode = 3;
}

/** The seed, path or case to replay is invalid. */
export class SeedError extends SuiteError {
  override name = "SeedError";
  readonly exitCode = 5;
}

/** The token's variable is empty or not set. */
export class TokenError extends SuiteError {
  override name = "TokenError";
  readonly exitCode = 6;
}

/** The server accepts the connection but does not answer in time. */
export class HangingError extends SuiteError {
  override name = "HangingError";
  readonly exitCode = 7;
}

/** No exchange was judged, or a phase cannot run against the target. */
export class NothingJudgedError extends SuiteError {
  override name = "NothingJudgedError";
  readonly exitCode = 8;
}
