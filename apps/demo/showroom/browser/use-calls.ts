import { useSyncExternalStore } from "react";
import { live } from "../../src/browser/live.ts";
import type { WireCall } from "../shared/wire-call.ts";

const mostCalls = 200;
const listeners = new Set<() => void>();
let calls: readonly WireCall[] = [];

live.onMessage(({ isWhole, more }) => {
  if (!isWhole && more.length === 0) return;
  const all = [...(isWhole ? [] : calls), ...(more as WireCall[])];
  calls = [...new Map(all.map((call) => [call.id, call])).values()].slice(-mostCalls);
  for (const listener of listeners) listener();
});

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The last calls of the server to Partner Center, oldest first. */
export function useCalls(): readonly WireCall[] {
  return useSyncExternalStore(subscribe, () => calls);
}
