import type { components } from "../generated/schemas.ts";
import { safeCause } from "./safe-cause.ts";

/** The codes of the contract's error catalogue; the set may grow. */
export type ErrorCode = Extract<components["schemas"]["ApiFault"]["code"], string>;

/** What is needed to go on with a request whose outcome is not known: `request(id, body, continuation)`. */
export interface Continuation {
  /** `MS-RequestId` of the request. */
  requestId: string;
  /** When it was first sent, in milliseconds since 1970, on the service's clock as far as it is known. */
  sentAt: number;
}

/** What is known of a call that did not succeed. */
export interface FailedCall {
  status?: number | undefined;
  code?: string | undefined;
  description?: string | undefined;
  source?: string | undefined;
  operation?: string | undefined;
  requestId?: string | undefined;
  correlationId?: string | undefined;
  retryAfterMs?: number | undefined;
  attempts?: number | undefined;
  docs?: string | undefined;
  write?: "unknown" | undefined;
  continuation?: Continuation | undefined;
}

/** The members of {@link FailedCall}: what is taken over, and what is told. Nothing else slips in. */
const known = [
  "status",
  "code",
  "description",
  "source",
  "docs",
  "operation",
  "requestId",
  "correlationId",
  "attempts",
  "retryAfterMs",
  "write",
  "continuation",
] as const;

/** What can be told to anybody who helps: chosen member by member, so that nothing else slips in. */
export interface SupportBundle extends FailedCall {
  kind: string;
  message: string;
  time: string;
}

/**
 * Survives two copies of this package in one program, where a plain `instanceof` does not.
 * The value is the error's kind.
 */
const brand = Symbol.for("@partner-qualifications/client/error");

/**
 * Anything that went wrong with a call. It never holds the request, so it never holds a token.
 *
 * @example
 * try {
 *   await client.qualifications.list(customerId);
 * } catch (error) {
 *   if (error instanceof PartnerCenterError) console.error(error.toSupportBundle());
 * }
 */
export abstract class PartnerCenterError extends Error {
  static readonly kind: string = "";
  /** Tells the classes apart where `instanceof` is unwieldy, for instance in a `switch`. */
  readonly kind: string;
  /** The HTTP status; `undefined` when there was no answer. */
  declare readonly status: number | undefined;
  /** Partner Center's error code, always as a string; not every answer has one. */
  declare readonly code: ErrorCode | undefined;
  /** What the service said, in words meant for people. */
  declare readonly description: string | undefined;
  /** The service that the error comes from, for instance `PartnerFD`. */
  declare readonly source: string | undefined;
  /** The contract's `operationId`. */
  declare readonly operation: string | undefined;
  /** `MS-RequestId` of the call; give it to a later call to continue this one. */
  declare readonly requestId: string | undefined;
  /** `MS-CorrelationId` of the call, which Microsoft's support asks for. */
  declare readonly correlationId: string | undefined;
  /** How long the service wants to be left alone, in milliseconds. */
  declare readonly retryAfterMs: number | undefined;
  /** How often the request was sent; `undefined` when it was not about one. */
  declare readonly attempts: number | undefined;
  /** Where the code is explained, when the client was told an address for it. */
  declare readonly docs: string | undefined;
  /** `"unknown"` when it could not be found out whether a write was carried out. */
  declare readonly write: "unknown" | undefined;
  /** Beside `write: "unknown"`: give it to `request` as its third argument to find out what became of it. */
  declare readonly continuation: Continuation | undefined;
  /** Why, as far as anybody may read it: a kind of error and known codes. See {@link original}. */
  declare readonly cause: Error | undefined;
  /** When it went wrong. */
  readonly time: string;
  readonly #original: unknown;

  constructor(message: string, call: FailedCall = {}, options?: ErrorOptions) {
    const { cause } = options ?? {};
    super(message, cause === undefined ? undefined : { cause: safeCause(cause) });
    this.#original = cause;
    this.kind = new.target.kind;
    this.time = new Date().toISOString();
    for (const name of known) Object.assign(this, { [name]: call[name] });
  }

  // By the kind, since the names of classes do not survive minification.
  override get name(): string {
    const { kind } = this.constructor as typeof PartnerCenterError;
    return `${kind.charAt(0).toUpperCase()}${kind.slice(1)}Error`;
  }

  /**
   * What was thrown, as it came. It may hold what others let slip, so nothing that prints, copies or
   * sends this error takes it along.
   */
  get original(): unknown {
    return this.#original;
  }

  // Of the class: compilers that lower classes ask for it before there is any member.
  get [brand](): string {
    return (this.constructor as typeof PartnerCenterError).kind;
  }

  /** Whether a value is of this class, whichever copy of the package made it. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // Somebody's subclass has no kind of its own, and is no more than its own.
    if (!Object.hasOwn(this, "kind"))
      return Function.prototype[Symbol.hasInstance].call(this, value);
    const kind = (value as { [brand]?: string } | null | undefined)?.[brand];
    return kind !== undefined && (this.kind === "" || this.kind === kind);
  }

  /** What can be shown to support: identifiers and the service's words, never a header or a body. */
  toSupportBundle(): SupportBundle {
    const { kind, message, time } = this;
    const bundle: SupportBundle = { kind, message, time };
    for (const name of known) Object.assign(bundle, { [name]: this[name] });
    return bundle;
  }

  /** For Node's `console`. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    const cause = this.cause ? `\n  cause: ${this.cause.message}` : "";
    return `${this.stack}\n  ${JSON.stringify(this.toSupportBundle())}${cause}`;
  }

  toJSON(): SupportBundle {
    return this.toSupportBundle();
  }
}
