import type { Schema } from "../generated/schemas.ts";
import { safeCause } from "./safe-cause.ts";

/** The codes of the contract's error catalog. More may follow. */
export type ErrorCode = Extract<Schema<"ApiFault">["code"], string>;

/** What `request(id, body, continuation)` needs to continue a request whose outcome is unknown. */
export interface Continuation {
  /** `MS-RequestId` of the request. */
  requestId: string;
  /** `MS-CorrelationId` of the request, which its audit record carries. */
  correlationId: string;
  /** When the request was first sent, in milliseconds since 1970, by the service's clock if it is known. */
  sentAt: number;
}

/** The known facts of a failed call. */
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

/** The members of {@link FailedCall}. An error copies these and no others. */
const members = [
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

/** What is safe to send to support: an allow-list of members. */
export interface SupportBundle extends FailedCall {
  kind: string;
  message: string;
  time: string;
}

/**
 * Survives two copies of this package in one program, where a plain `instanceof` fails. Its value is the
 * error's kind.
 */
const brand = Symbol.for("@partner-qualifications/client/error");

/** The thrown values behind errors, outside them: a member could be printed, and would tie the type to a copy. */
const originals = new WeakMap<object, unknown>();

/** The base class of all errors, with the members that all of them have. It never holds the request. */
export abstract class PartnerCenterErrorBase extends Error {
  static readonly kind: string = "";
  /** Identifies the class where `instanceof` is unwieldy, for instance in a `switch`. */
  readonly kind: string;
  /** The HTTP status; `undefined` if there was no response. */
  declare readonly status: number | undefined;
  /** Partner Center's error code, always a string. Some responses have none. */
  declare readonly code: ErrorCode | undefined;
  /** The service's own description, meant for people. */
  declare readonly description: string | undefined;
  /** The service that reported the error, for instance `PartnerFD`. */
  declare readonly source: string | undefined;
  /** The contract's `operationId`. */
  declare readonly operation: string | undefined;
  /** `MS-RequestId` of the call. Pass it to a later call to continue this one. */
  declare readonly requestId: string | undefined;
  /** `MS-CorrelationId` of the call, which Microsoft's support needs. */
  declare readonly correlationId: string | undefined;
  /** The wait that the service requires before the next request, in milliseconds. */
  declare readonly retryAfterMs: number | undefined;
  /** How often the request was sent; `undefined` if the error is not about a request. */
  declare readonly attempts: number | undefined;
  /** The page that explains the code, if the client has a `docsBase`. */
  declare readonly docs: string | undefined;
  /** `"unknown"` if the client could not find out whether the service carried out the write. */
  declare readonly write: "unknown" | undefined;
  /** Set with `write: "unknown"`. Pass it to `request` as the third argument to find out the outcome. */
  declare readonly continuation: Continuation | undefined;
  /** The reason, reduced to what is safe to show: an error name and known codes. See {@link original}. */
  declare readonly cause: Error | undefined;
  /** When the error occurred, in ISO 8601. */
  readonly time: string;

  constructor(message: string, call: FailedCall = {}, options?: ErrorOptions) {
    const { cause } = options ?? {};
    super(message, cause === undefined ? undefined : { cause: safeCause(cause) });
    originals.set(this, cause);
    this.kind = new.target.kind;
    this.time = new Date().toISOString();
    copyMembers(this, call);
  }

  // Derived from the kind, since minification renames classes.
  override get name(): string {
    const { kind } = this.constructor as typeof PartnerCenterErrorBase;
    return `${kind.charAt(0).toUpperCase()}${kind.slice(1)}Error`;
  }

  /**
   * The thrown value, unchanged. It may hold secrets, so it is not enumerable: printing, copying or
   * serializing this error leaves it out.
   */
  get original(): unknown {
    return originals.get(this);
  }

  // From the class: lowered classes read it before the instance has any member.
  get [brand as never](): string {
    return (this.constructor as typeof PartnerCenterErrorBase).kind;
  }

  /** Returns whether a value is an instance of this class, from any copy of the package. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // A subclass in user code has no kind, so the brand says nothing about it.
    if (!Object.hasOwn(this, "kind"))
      return Function.prototype[Symbol.hasInstance].call(this, value);
    const kind = (value as { [brand]?: string } | null | undefined)?.[brand];
    return kind !== undefined && (this.kind === "" || this.kind === kind);
  }

  /** Returns what is safe to send to support: identifiers and the service's description, no header or body. */
  toSupportBundle(): SupportBundle {
    const { kind, message, time } = this;
    return copyMembers({ kind, message, time }, this);
  }

  /** For Node's `console`. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    const cause = this.cause ? `\n  cause: ${this.cause.message}` : "";
    return `${this.stack}\n  ${JSON.stringify(this)}${cause}`;
  }

  /** Returns the support bundle. See {@link errorFromJSON} for the way back. */
  toJSON(): SupportBundle {
    return this.toSupportBundle();
  }
}

function copyMembers<Target extends object>(target: Target, from: FailedCall): Target {
  for (const name of members) Object.assign(target, { [name]: from[name] });
  return target;
}
