import { printTable } from "../table.ts";
import { type Load, putLoad } from "./put-load.ts";

const base = { clients: 100, calls: 2000, connections: 16 };
// An hour in eight seconds: the token endpoint fails for a quarter of it.
const tokens = { lifetimeS: 10, failingPeriodMs: 8000 };

const loads: Record<string, Load> = {
  "no limit": base,
  "token endpoint failing": { ...base, tokens, requestsPerSecond: 100 },
  "50 requests a second": { ...base, requestsPerSecond: 50 },
  "… and token endpoint failing": { ...base, requestsPerSecond: 50, tokens },
};

/** Prints the results of many concurrent calls. No ratios: the point is that nothing fails. */
export async function run(): Promise<void> {
  const rows: string[][] = [];
  for (const [name, load] of Object.entries(loads)) {
    const it = await putLoad(load);
    rows.push([
      name,
      String(it.calls),
      String(it.failed.length),
      String(it.requests),
      String(it.throttled),
      String(it.mostAttempts),
      String(it.requestedTwice),
      String(it.tokenRequests),
      String(it.mostTokenRequestsAtOnce),
      (it.tookMs / 1000).toFixed(1),
    ]);
    for (const error of new Set(it.failed)) console.log(`${name}: ${error}`);
  }
  const head = ["", "Calls", "Failed", "Requests", "429", "Most attempts", "Requested twice"];
  printTable([...head, "Token requests", "… at once", "s"], rows);
  console.log(`
${base.clients} clients on one credential, all calls at the same time through ${base.connections} connections. Tokens live
${tokens.lifetimeS} s where the token endpoint fails, for a quarter of every ${tokens.failingPeriodMs / 1000} s.`);
}
