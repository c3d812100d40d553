import { invalidCases } from "../generate/invalid-cases.ts";
import { methodCases } from "../generate/method-cases.ts";
import { caseMaker } from "../generate/request-cases.ts";
import { tokenCases } from "../generate/token-cases.ts";
import { validCases } from "../generate/valid-cases.ts";
import type { Run } from "../run.ts";
import { performCases } from "./perform-cases.ts";
import { probeIdempotency } from "./probe-idempotency.ts";
import { probeThrottling } from "./probe-throttling.ts";
import { probeVetting } from "./probe-vetting.ts";
import { provokeStatuses } from "./provoke-statuses.ts";

/**
 * The same requests each time: every edge of every schema kept and broken, every method, every kind of
 * token, every documented status, and what time and repetition do.
 */
export async function coverage(run: Run): Promise<void> {
  const { contract, target, only } = run;
  await run.reset();
  for (const operation of contract.operations) {
    if (only !== undefined && !only.startsWith(`coverage/${operation.id}/`)) continue;
    const maker = caseMaker(contract, operation, target.values);
    await performCases(run, [
      ...validCases(contract, maker),
      ...invalidCases(contract, maker),
      ...methodCases(contract, maker),
      ...tokenCases(maker, run),
    ]);
  }
  await probeIdempotency(run);
  await provokeStatuses(run);
  await probeThrottling(run);
  await probeVetting(run);
}
