import { CredentialError } from "../errors/credential-error.ts";
import { invalidSetting } from "../errors/invalid-setting.ts";
import { stopped } from "../errors/stopped.ts";
import { checkRefreshToken, type RefreshTokenStore } from "./refresh-token-store.ts";

export interface RefreshTokenCallbacks {
  /** Returns the token, or undefined when there is none yet. */
  read: () => string | undefined | Promise<string | undefined>;
  /** Replaces the stored token. */
  write: (token: string) => void | Promise<void>;
  /**
   * Runs a task while no other process does, if the vault can lock. Without it, processes may exchange
   * the same token at the same time. Entra allows that: it does not revoke the old one.
   */
  exclusively?: (<T>(task: () => Promise<T>, signal: AbortSignal) => Promise<T>) | undefined;
}

/**
 * Keeps the refresh token in a vault.
 *
 * Errors of the callbacks are reported by name only, since a vault's message may repeat the token.
 *
 * @example
 * const store = callbackRefreshTokenStore({
 *   read: async () => (await secrets.getSecret("partner-center")).value,
 *   write: async (token) => void (await secrets.setSecret("partner-center", token)),
 * });
 */
export function callbackRefreshTokenStore(callbacks: RefreshTokenCallbacks): RefreshTokenStore {
  const { read, write, exclusively = turns() } = callbacks;
  for (const [name, callback] of Object.entries({ read, write, exclusively })) {
    if (typeof callback !== "function") {
      throw invalidSetting(
        `The store's ${name} is not a function`,
        "Pass the callbacks of your vault.",
      );
    }
  }
  return {
    async read() {
      const token = await attempt("read", read);
      return typeof token === "string" && token.trim() !== "" ? token.trim() : undefined;
    },
    async write(token) {
      checkRefreshToken(token);
      await attempt("write", () => write(token));
    },
    exclusively,
  };
}

async function attempt<T>(what: "read" | "write", callback: () => T | Promise<T>): Promise<T> {
  try {
    return await callback();
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    throw new CredentialError({
      kind: "storeUnusable",
      meaning: `The store's ${what} callback failed (${name})`,
      remedy:
        what === "read"
          ? "Check that the vault is reachable and readable."
          : "Check that the vault is writable. It still holds the previous refresh token.",
    });
  }
}

/**
 * Runs this process's tasks one after the other. A task that runs out of time does not block the next.
 */
function turns(): RefreshTokenStore["exclusively"] {
  let last: Promise<unknown> = Promise.resolve();
  return (task, signal) => {
    const turn = last.then(() => {
      if (signal.aborted)
        throw stopped(
          signal,
          "Another operation did not release the refresh token",
          "Check the store",
        );
      return task();
    });
    const timeIsUp = new Promise((resolve) => {
      signal.addEventListener("abort", resolve, { once: true });
    });
    last = Promise.race([turn, timeIsUp]).catch(() => undefined);
    return turn;
  };
}
