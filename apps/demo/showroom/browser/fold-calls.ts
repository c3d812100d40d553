import type { WireCall } from "../shared/wire-call.ts";

export interface FoldedCall extends WireCall {
  /** How many calls were like this one. */
  times: number;
}

/** More would make the page long, and be looked at by nobody. */
const most = 50;

/**
 * The calls, newest first. Looks that were simply answered, of which a vetting makes many, become one
 * with a number; everything else stands for itself.
 */
export function foldCalls(calls: readonly WireCall[]): FoldedCall[] {
  const folded = new Map<string, FoldedCall>();
  for (const call of calls) {
    const { id, method, path, attempts } = call;
    const isPlain = method === "GET" && attempts.length <= 1 && (attempts[0]?.status ?? 200) < 300;
    const key = isPlain && !attempts[0]?.error ? path : String(id);
    const before = folded.get(key);
    // Deleted first, so that it moves to the end.
    folded.delete(key);
    folded.set(key, { ...call, times: (before?.times ?? 0) + 1 });
  }
  return [...folded.values()].toReversed().slice(0, most);
}
