import type { CredentialError } from "../errors/credential-error.ts";
import { stopped } from "../errors/stopped.ts";
import type { PartnerCenterToken } from "./partner-center-credential.ts";
import { pause } from "./within-time.ts";

/**
 * One renewal and its waiting callers. It ends when the last caller has left. A renewal without callers
 * runs in the background and makes one attempt.
 */
export class Renewal {
  readonly result: Promise<PartnerCenterToken>;
  readonly #controller = new AbortController();
  #waiting = 0;
  /** The latest time until which a caller waits, by the monotonic clock. */
  #until = 0;
  /** The failure of the previous attempt. */
  #failure: CredentialError | undefined;

  constructor(run: (renewal: Renewal) => Promise<PartnerCenterToken>) {
    // Start after the first caller could join.
    this.result = Promise.resolve().then(() => run(this));
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /**
   * @param signal Ends this caller's wait.
   * @param until When this caller stops waiting, by the monotonic clock.
   */
  join(signal: AbortSignal, until: number): Promise<PartnerCenterToken> {
    this.#waiting++;
    this.#until = Math.max(this.#until, until);
    const leave = () => {
      if (--this.#waiting === 0) this.#controller.abort(signal.reason);
    };
    signal.addEventListener("abort", leave, { once: true });
    return this.result;
  }

  /**
   * Waits between two attempts.
   *
   * @throws {CredentialError} The failure, at once, when no caller waits that long.
   */
  async pause(ms: number, failure: CredentialError): Promise<void> {
    this.#failure = failure;
    if (this.#until - performance.now() < ms) throw failure;
    await pause(ms, this.signal).catch(() => {
      throw (
        this.whyEnded(this.signal) ?? stopped(this.signal, "The token endpoint did not recover")
      );
    });
  }

  /**
   * Returns the failure of the previous attempt when time runs out, because it is more specific than a
   * timeout.
   */
  whyEnded(signal: AbortSignal): CredentialError | undefined {
    return Object(signal.reason).name === "TimeoutError" ? this.#failure : undefined;
  }
}
