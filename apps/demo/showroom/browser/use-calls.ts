import { createTopic } from "../../src/browser/live.ts";
import type { WireCall } from "../shared/wire-call.ts";

const mostCalls = 100;
const calls = createTopic<WireCall>("calls", ({ id }) => id);

/** Returns the last calls of the server to Partner Center, oldest first. */
export function useCalls(): readonly WireCall[] {
  return calls.use().slice(-mostCalls);
}
