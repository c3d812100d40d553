import type { Case, Exchange } from "../exchange/exchange.ts";
import { caseMaker } from "./request-cases.ts";
import { isWanted, type Run } from "./run.ts";

/** More than the limit of any test customer. */
const most = 50;

/**
 * Sends requests about the mock's throttled customer until a 429, waits for Retry-After, or a second
 * less, and sends another one.
 */
export async function probeThrottling(run: Run): Promise<void> {
  const { contract, control } = run;
  const throttled = control?.customers.find(({ throttle }) => throttle);
  if (!control || !throttled) return;
  for (const operation of contract.operations) {
    if (!operation.path.includes("{customer_id}")) continue;
    const maker = caseMaker(run.schemas, operation, { customer_id: throttled.id });
    for (const isEnough of [true, false]) {
      const scenario = `coverage/${operation.id}/throttled/${isEnough ? "waits" : "hurries"}`;
      const requestOf = (step: string | number, intent: Case["intent"]) =>
        maker.make(`${scenario}#${step}`, intent);
      if (run.isOver || !isWanted(run, requestOf(0, { kind: "valid" }))) continue;

      await run.reset();
      let last: Exchange | undefined;
      for (let count = 0; count < most && last?.answer?.status !== 429; count++) {
        ({ exchange: last } = await run.perform(
          requestOf(count, { kind: "provoked", status: 429 }),
        ));
      }
      const after = Number(last?.answer?.headers["retry-after"]);
      if (last?.answer?.status !== 429 || !Number.isInteger(after)) continue;
      const seconds = isEnough ? after : after - 1;
      if (seconds < 0) continue;
      await control.advance(`PT${seconds}S`);
      await run.perform(requestOf("then", { kind: "waited", of: last.case.id, seconds, isEnough }));
    }
  }
}
