import { elapsed, type Runtime } from "../runtime.ts";
import type { Credential } from "../token/credential.ts";
import type { Call } from "./call.ts";
import { limited } from "./limited.ts";

/**
 * Holds attempts back while the service wants to be left alone: the limit is the partner's or the
 * customer's, not one call's. Afterwards they go on one by one, at the pace that turns out to be accepted.
 */
export class Gates {
  readonly #runtime: Runtime;
  readonly #gates = new Map<string, Gate>();

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  /** Whether nothing is held back, so that an attempt need not {@link enter}. */
  get areOpen(): boolean {
    return this.#gates.size === 0;
  }

  /**
   * Waits for the attempt's turn.
   *
   * @param ms How long at most.
   * @returns To be called after the attempt, with whether it was accepted.
   * @throws {AbortedError | TimeoutError}
   */
  async enter(call: Call, ms: number): Promise<(accepted: boolean) => void> {
    const passed: Gate[] = [];
    const leave = (accepted: boolean) => {
      for (const gate of passed) gate.leave(accepted);
    };
    try {
      for (const key of [customerOf(call), ""]) {
        const gate = this.#gates.get(key);
        if (!gate || passed.includes(gate)) continue;
        await gate.enter(call, ms);
        passed.push(gate);
      }
    } catch (error) {
      leave(false);
      throw error;
    }
    return leave;
  }

  /** Holds back what belongs to the same limit as a call that was throttled. */
  close(call: Call, ms: number): void {
    const own = customerOf(call);
    // Two customers throttled at the same time share the partner's limit.
    const isShared = [...this.#gates].some(([key, gate]) => key !== own && gate.isClosed);
    const key = isShared ? "" : own;
    let gate = this.#gates.get(key);
    if (!gate) {
      gate = new Gate(this.#runtime, () => this.#gates.delete(key));
      this.#gates.set(key, gate);
    }
    gate.close(ms);
  }
}

const shared = new WeakMap<object, { baseUrl: string; runtime: Runtime; gates: Gates }>();

/** The gates of a client; clients with the same credential are the same partner, and share them. */
export function gatesOf(credential: Credential, baseUrl: string, runtime: Runtime): Gates {
  if (credential === "none") return new Gates(runtime);
  const known = shared.get(credential);
  if (known?.baseUrl === baseUrl && known.runtime === runtime) return known.gates;
  const gates = new Gates(runtime);
  shared.set(credential, { baseUrl, runtime, gates });
  return gates;
}

/** No more than a hundred attempts a second once a limit was met. */
const leastGapMs = 10;

class Gate {
  readonly #runtime: Runtime;
  readonly #onIdle: () => void;
  #closedUntil = 0;
  #nextAt = 0;
  /** The pause between two attempts. */
  #gapMs = 0;
  /** When it was last closed, and how many attempts have ended since: that is about the limit. */
  #closedAt: number | undefined;
  #ended = 0;
  /** How much shorter the pause is after each attempt that is accepted. */
  #factor = 0.75;
  #isSleeping = false;
  #running = 0;
  #waiting: { call: Call; go: () => void }[] = [];

  constructor(runtime: Runtime, onIdle: () => void) {
    this.#runtime = runtime;
    this.#onIdle = onIdle;
  }

  get isClosed(): boolean {
    return elapsed(this.#runtime) < this.#closedUntil;
  }

  close(ms: number): void {
    const now = elapsed(this.#runtime);
    // Of all that were on their way together the first one counts.
    if (now >= this.#closedUntil) {
      if (this.#closedAt === undefined) {
        this.#gapMs = ms / 4;
      } else {
        this.#gapMs = (now - this.#closedAt) / Math.max(1, this.#ended);
        this.#factor = 0.95;
      }
      this.#closedAt = now;
      this.#ended = 0;
    }
    this.#closedUntil = Math.max(this.#closedUntil, now + ms);
  }

  async enter(call: Call, ms: number): Promise<void> {
    let go!: () => void;
    const turn = new Promise<void>((resolve) => {
      go = resolve;
    });
    // A call that was refused before goes first, so that none is refused until its attempts are over.
    const at = this.#waiting.findIndex((other) => other.call.attempts < call.attempts);
    this.#waiting.splice(at < 0 ? this.#waiting.length : at, 0, { call, go });
    this.#release();
    await limited(
      call,
      ms,
      "turn under the rate limit",
      () => turn,
      () => {
        const others = this.#waiting.filter((other) => other.go !== go);
        // It may just have been let go.
        if (others.length === this.#waiting.length) this.#running--;
        this.#waiting = others;
        this.#release();
      },
    );
  }

  leave(accepted: boolean): void {
    this.#running--;
    this.#ended++;
    if (accepted) this.#gapMs = Math.max(leastGapMs, this.#gapMs * this.#factor);
    this.#release();
  }

  #release(): void {
    while (this.#waiting.length > 0) {
      const now = elapsed(this.#runtime);
      const wait = Math.max(this.#closedUntil, this.#nextAt) - now;
      if (wait > 0) {
        if (!this.#isSleeping) void this.#sleep(wait);
        return;
      }
      this.#nextAt = now + this.#gapMs;
      this.#running++;
      this.#waiting.shift()!.go();
    }
    if (this.#running === 0) this.#onIdle();
  }

  async #sleep(ms: number): Promise<void> {
    this.#isSleeping = true;
    const before = elapsed(this.#runtime);
    // Those who wait have timers of their own, which keep the program alive.
    await this.#runtime.sleep(ms, undefined, true);
    const asleep = elapsed(this.#runtime) - before - ms;
    // A machine that slept meanwhile has used no time for these calls.
    if (asleep > 0) for (const { call } of this.#waiting) call.startedAt += asleep;
    this.#isSleeping = false;
    this.#release();
  }
}

/** Empty for a call that is about no customer. */
function customerOf({ url }: Call): string {
  return /\/customers\/([\da-f-]{36})/i.exec(url)?.[1]?.toLowerCase() ?? "";
}
