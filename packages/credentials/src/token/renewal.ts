import type { CredentialError } from "../errors/credential-error.ts";
import { stopped } from "../errors/stopped.ts";
import type { PartnerCenterToken } from "./partner-center-credential.ts";
import { pause } from "./within-time.ts";

/**
 * One renewal, and those who wait for it. It ends when the last of them has left; one that nobody has
 * joined runs in the background, and makes one attempt.
 */
export class Renewal {
  readonly result: Promise<PartnerCenterToken>;
  readonly #controller = new AbortController();
  #waiting = 0;
  /** How long anybody waits, on the clock that nobody sets. */
  #until = 0;
  /** Why the attempt before failed. */
  #failure: CredentialError | undefined;

  constructor(run: (renewal: Renewal) => Promise<PartnerCenterToken>) {
    // Not before somebody could join.
    this.result = Promise.resolve().then(() => run(this));
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /**
   * @param signal Of one who waits.
   * @param until How long, on the clock that nobody sets.
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
   * @throws {CredentialError} The failure, at once when nobody waits that long.
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

  /** Why the attempt before failed, when time runs out: that says more. */
  whyEnded(signal: AbortSignal): CredentialError | undefined {
    return Object(signal.reason).name === "TimeoutError" ? this.#failure : undefined;
  }
}
