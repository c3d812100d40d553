import { onDemand } from "../on-demand.ts";
import type { Runtime } from "../runtime.ts";
import type { Credential } from "../token/credential.ts";
import type { Call } from "./call.ts";

/** Holds attempts back after a 429. The service's limit is per customer or per partner, not per call. */
export interface Gates {
  /** Returns whether nothing is held back, so that an attempt need not {@link enter}. */
  isOpen(): boolean;
  /**
   * Waits until the attempt may be sent.
   *
   * @param ms The longest wait, in milliseconds.
   * @returns To be called after the attempt, with whether the service accepted it.
   * @throws {AbortedError | TimeoutError}
   */
  enter(call: Call, ms: number): Promise<(accepted: boolean) => void>;
  /** Holds back every call under the same limit as a call that got a 429. */
  close(call: Call, ms: number): void;
}

/** The gates of a client, once a 429 has closed one. */
export interface Throttle {
  /** Returns the gates; `undefined` if nothing is held back. */
  closed(): Gates | undefined;
  /**
   * Holds back every call under the same limit as a call that got a 429.
   *
   * @returns Whether it does. Otherwise the call waits on its own.
   */
  close(call: Call, ms: number): Promise<boolean>;
}

const loadGates = onDemand(() => import("./gates.ts"));

function createThrottle(runtime: Runtime): Throttle {
  let gates: Gates | undefined;
  return {
    closed: () => (gates?.isOpen() ? undefined : gates),
    close: (call, ms) =>
      loadGates().then(
        ({ createGates }) => {
          gates ??= createGates(runtime);
          gates.close(call, ms);
          return true;
        },
        () => false,
      ),
  };
}

const shared = new WeakMap<object, { baseUrl: string; runtime: Runtime; throttle: Throttle }>();

/** Returns the throttle of a client. Clients with one credential are one partner, and share it. */
export function throttleOf(credential: Credential, baseUrl: string, runtime: Runtime): Throttle {
  const known = credential === "none" ? undefined : shared.get(credential);
  if (known?.baseUrl === baseUrl && known.runtime === runtime) return known.throttle;
  const throttle = createThrottle(runtime);
  if (credential !== "none") shared.set(credential, { baseUrl, runtime, throttle });
  return throttle;
}
