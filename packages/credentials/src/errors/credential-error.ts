/**
 * Why there is no token:
 *
 * - `missingSetting`, `invalidSetting`: what was given to this package cannot work;
 * - `storeUnusable`: the refresh token cannot be read, or its successor not be written;
 * - `refreshTokenMissing`, `refreshTokenExpired`, `consentMissing`, `mfaRequired`: a person has
 *   to sign in again, with `qualifications-consent`;
 * - `signInBlocked`: Entra does not let this user in, by a policy or because of the account;
 * - `clientRefused`: the application's own id, secret or certificate is not accepted;
 * - `wrongTenant`, `wrongAudience`: the token was asked of, or for, somebody else;
 * - `throttled`, `unavailable`, `connection`, `timeout`, `aborted`: nothing is wrong with the
 *   settings; later it may work;
 * - `redirected`: the token endpoint, or what answered in its place, sends token requests elsewhere;
 * - `consentDenied`, `portInUse`: of the consent alone;
 * - `refused`: anything else that the token endpoint refuses.
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

/** What is known of a failure. None of it is, or was made from, a secret. */
export interface CredentialErrorData {
  readonly kind: CredentialErrorKind;
  /** What happened. */
  readonly meaning: string;
  /** What to do. */
  readonly remedy: string;
  /** OAuth's name for the refusal, for instance `invalid_grant`. */
  readonly error?: string | undefined;
  /** Entra's own code, for instance `AADSTS700082`. */
  readonly code?: string | undefined;
  /** Of the refused request, which Microsoft's support asks for. */
  readonly traceId?: string | undefined;
  readonly correlationId?: string | undefined;
  /** When Entra refused it, as Entra writes it. */
  readonly timestamp?: string | undefined;
  /** The HTTP status of the token endpoint. */
  readonly status?: number | undefined;
  /** How long the token endpoint wants to be left alone, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** Where Entra explains the code. */
  readonly docs?: string | undefined;
}

/** The members of {@link CredentialErrorData}: nothing else is taken over. */
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
 * A token could not be had. The client wraps it as the `cause` of its `AuthenticationError`.
 *
 * It is plain data, and never has a `cause` of its own: what lies below has seen secrets.
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

  /** Whether the same may work a little later. */
  get retryable(): boolean {
    return passing.includes(this.kind);
  }

  // Not part of the type, which would then differ between two copies of this package.
  get [brand as never](): true {
    return true;
  }

  /** Whether a value is one, whichever copy of this package made it. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return (value as { [brand]?: true } | null | undefined)?.[brand] === true;
  }

  toJSON(): CredentialErrorData & { name: string; message: string; retryable: boolean } {
    const { name, message, retryable } = this;
    const data = Object.fromEntries(known.map((member) => [member, this[member]]));
    return { name, message, retryable, ...(data as unknown as CredentialErrorData) };
  }
}
