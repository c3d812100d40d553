import { invalidCases, methodCases, tokenCases, validCases } from "./coverage-cases.ts";
import { probeIdempotency } from "./probe-idempotency.ts";
import { probeThrottling } from "./probe-throttling.ts";
import { probeVetting } from "./probe-vetting.ts";
import { provokeStatuses } from "./provoke-statuses.ts";
import { caseMaker } from "./request-cases.ts";
import { performCases, type Run } from "./run.ts";

/**
 * Sends the same requests in every run: every boundary of every schema satisfied and violated, every
 * method, every kind of token, every documented status, and the effects of time and repetition.
 */
export async function coverage(run: Run): Promise<void> {
  const { contract, target, only } = run;
  await run.reset();
  for (const operation of contract.operations) {
    if (only !== undefined && !only.startsWith(`coverage/${operation.id}/`)) continue;
    const maker = caseMaker(run.schemas, operation, target.values);
    await performCases(run, [
      ...validCases(maker),
      ...invalidCases(maker),
      ...methodCases(contract, maker),
      ...tokenCases(maker, run),
    ]);
  }
  await probeIdempotency(run);
  await provokeStatuses(run);
  await probeThrottling(run);
  await probeVetting(run);
}
