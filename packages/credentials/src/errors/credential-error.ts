/**
 * Why there is no token:
 *
 * - `missingSetting`, `invalidSetting`: an option or variable is missing or invalid;
 * - `storeUnusable`: the refresh token cannot be read, or its replacement cannot be written;
 * - `refreshTokenMissing`, `refreshTokenExpired`, `consentMissing`, `mfaRequired`: a user has to sign in
 *   again, with `qualifications-consent`;
 * - `signInBlocked`: a policy or the state of the account keeps the user out;
 * - `clientRefused`: Entra rejects the application's id, secret or certificate;
 * - `wrongTenant`, `wrongAudience`: the token was requested from the wrong tenant, or for the wrong
 *   service;
 * - `throttled`, `unavailable`, `connection`, `timeout`, `aborted`: the settings are right; a later
 *   attempt may work;
 * - `redirected`: the token endpoint, or a server in its place, redirects token requests;
 * - `consentDenied`, `portInUse`: only during the consent;
 * - `refused`: any other refusal by the token endpoint.
 */
export type CredentialErrorKind =
  | "missingSetting"
  | "invalidSetting"
  | "storeUnusable"
  | "refreshTokenMissing"
  | "refreshTokenExpired"
  | "consentMissing"
  | "mfaRequired"
  | "signInBlocked"
  | "clientRefused"
  | "wrongTenant"
  | "wrongAudience"
  | "throttled"
  | "unavailable"
  | "connection"
  | "timeout"
  | "aborted"
  | "redirected"
  | "consentDenied"
  | "portInUse"
  | "refused";

/** Describes a failure. No member is or contains a secret. */
export interface CredentialErrorData {
  readonly kind: CredentialErrorKind;
  /** What happened. */
  readonly meaning: string;
  /** What to do. */
  readonly remedy: string;
  /** OAuth's error, such as `invalid_grant`. */
  readonly error?: string | undefined;
  /** Entra's code, such as `AADSTS700082`. */
  readonly code?: string | undefined;
  /** Trace id of the refused request. Microsoft support asks for it. */
  readonly traceId?: string | undefined;
  readonly correlationId?: string | undefined;
  /** Time of the refusal, as Entra writes it. */
  readonly timestamp?: string | undefined;
  /** The HTTP status of the token endpoint. */
  readonly status?: number | undefined;
  /** Time until the token endpoint accepts requests again, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** Link to Entra's explanation of the code. */
  readonly docs?: string | undefined;
}

/** The members of {@link CredentialErrorData}; all others are dropped. */
const known = [
  "kind",
  "meaning",
  "remedy",
  "error",
  "code",
  "traceId",
  "correlationId",
  "timestamp",
  "status",
  "retryAfterMs",
  "docs",
] as const;

const passing: readonly CredentialErrorKind[] = [
  "throttled",
  "unavailable",
  "connection",
  "timeout",
];

const brand = Symbol.for("@partner-qualifications/credentials/error");

/**
 * No token could be obtained. The client throws it as the `cause` of its `AuthenticationError`.
 *
 * It is plain data without a `cause`, because the underlying errors contain secrets.
 *
 * @example
 * try {
 *   await client.qualifications.list(customerId);
 * } catch (error) {
 *   if (error.cause instanceof CredentialError) console.error(error.cause.remedy);
 * }
 */
export class CredentialError extends Error implements CredentialErrorData {
  declare readonly kind: CredentialErrorKind;
  declare readonly meaning: string;
  declare readonly remedy: string;
  declare readonly error: string | undefined;
  declare readonly code: string | undefined;
  declare readonly traceId: string | undefined;
  declare readonly correlationId: string | undefined;
  declare readonly timestamp: string | undefined;
  declare readonly status: number | undefined;
  declare readonly retryAfterMs: number | undefined;
  declare readonly docs: string | undefined;

  constructor(data: CredentialErrorData) {
    const { meaning, remedy, error, code } = data;
    const label = [error, code].filter(Boolean).join(", ");
    super(`${meaning}${label && ` (${label})`}. ${remedy}`);
    for (const name of known) {
      if (data[name] !== undefined) Object.assign(this, { [name]: data[name] });
    }
  }

  override get name(): string {
    return "CredentialError";
  }

  /** Whether the same call may succeed a little later. */
  get retryable(): boolean {
    return passing.includes(this.kind);
  }

  // Not part of the type, which would then differ between two copies of this package.
  get [brand as never](): true {
    return true;
  }

  /** Returns whether a value is a CredentialError, including one from another copy of this package. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return (value as { [brand]?: true } | null | undefined)?.[brand] === true;
  }

  toJSON(): CredentialErrorData & { name: string; message: string; retryable: boolean } {
    const { name, message, retryable } = this;
    const data = Object.fromEntries(known.map((member) => [member, this[member]]));
    return { name, message, retryable, ...(data as unknown as CredentialErrorData) };
  }
}
