import { elapsed, type Runtime } from "../runtime.ts";
import type { Call } from "./call.ts";
import { limited } from "./limited.ts";
import type { Gates } from "./throttle.ts";

/** Creates the gates of a throttle. This part is loaded with the first 429. */
export function createGates(runtime: Runtime): Gates {
  /** By customer id; the partner's own under "". */
  const gates = new Map<string, Gate>();
  return {
    isOpen: () => gates.size === 0,
    async enter(call, ms) {
      const passed: Gate[] = [];
      const leave = (accepted: boolean) => {
        for (const gate of passed) gate.leave(accepted);
      };
      try {
        for (const key of new Set([customerOf(call), ""])) {
          const gate = gates.get(key);
          if (!gate) continue;
          await gate.enter(call, ms);
          passed.push(gate);
        }
      } catch (error) {
        leave(false);
        throw error;
      }
      return leave;
    },
    close(call, ms) {
      let key = customerOf(call);
      // Two customers throttled at the same time share the partner's limit.
      if ([...gates].some(([other, gate]) => other !== key && gate.isClosed())) key = "";
      let gate = gates.get(key);
      if (!gate) gates.set(key, (gate = createGate(runtime, () => gates.delete(key))));
      gate.close(ms);
    },
  };
}

/** At most a hundred attempts per second once the service has throttled. */
const leastGapMs = 10;

type Gate = ReturnType<typeof createGate>;

/** Releases attempts one by one after a 429, at a pace learned from what the service accepts. */
function createGate(runtime: Runtime, onIdle: () => void) {
  let closedUntil = 0;
  let nextAt = 0;
  /** The pause between two attempts. */
  let gapMs = 0;
  /** When the gate last closed, and how many attempts have ended since: an estimate of the limit. */
  let closedAt: number | undefined;
  let ended = 0;
  /** By how much the pause shrinks after each accepted attempt. */
  let factor = 0.75;
  let isSleeping = false;
  let running = 0;
  let waiting: { call: Call; go: () => void }[] = [];

  const isClosed = () => elapsed(runtime) < closedUntil;

  function release(): void {
    while (waiting.length > 0) {
      const now = elapsed(runtime);
      const wait = Math.max(closedUntil, nextAt) - now;
      if (wait > 0) {
        if (!isSleeping) void sleep(wait);
        return;
      }
      nextAt = now + gapMs;
      running++;
      waiting.shift()!.go();
    }
    if (running === 0) onIdle();
  }

  async function sleep(ms: number): Promise<void> {
    isSleeping = true;
    const before = elapsed(runtime);
    // The waiting calls have their own timers, which keep the program alive.
    await runtime.sleep(ms, undefined, true);
    // Time that the machine was asleep does not count.
    const asleep = Math.max(0, elapsed(runtime) - before - ms);
    for (const { call } of waiting) call.state.deadline += asleep;
    isSleeping = false;
    release();
  }

  return {
    isClosed,
    close(ms: number): void {
      const now = elapsed(runtime);
      // Of several attempts in flight, only the first 429 counts.
      if (!isClosed()) {
        if (closedAt === undefined) {
          gapMs = ms / 4;
        } else {
          gapMs = (now - closedAt) / Math.max(1, ended);
          factor = 0.95;
        }
        closedAt = now;
        ended = 0;
      }
      closedUntil = Math.max(closedUntil, now + ms);
    },
    async enter(call: Call, ms: number): Promise<void> {
      let go!: () => void;
      const turn = new Promise<void>((resolve) => {
        go = resolve;
      });
      // A call with more attempts goes first, so that it does not exhaust them.
      const at = waiting.findIndex((other) => other.call.state.attempts < call.state.attempts);
      waiting.splice(at < 0 ? waiting.length : at, 0, { call, go });
      release();
      await limited(
        call,
        ms,
        "turn under the rate limit",
        () => turn,
        () => {
          const others = waiting.filter((other) => other.go !== go);
          // It may have been released in the meantime.
          if (others.length === waiting.length) running--;
          waiting = others;
          release();
        },
      );
    },
    leave(accepted: boolean): void {
      running--;
      ended++;
      if (accepted) gapMs = Math.max(leastGapMs, gapMs * factor);
      release();
    },
  };
}

/** Returns the customer id in the URL, or "" for a call without a customer. */
function customerOf({ url }: Call): string {
  return /\/customers\/([\da-f-]{36})/i.exec(url)?.[1]?.toLowerCase() ?? "";
}
