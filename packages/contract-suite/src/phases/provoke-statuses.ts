import type { Operation } from "@partner-qualifications/spec/model";
import type { Intent } from "../exchange/exchange.ts";
import { caseMaker } from "./request-cases.ts";
import { isWanted, type Run } from "./run.ts";

/**
 * Causes each failure that the contract documents: with test customers, then with the mock's faults, in
 * each documented media type.
 */
export async function provokeStatuses(run: Run): Promise<void> {
  const { contract, control } = run;
  if (!control) return;
  await run.reset();
  for (const operation of contract.operations) {
    await sendToTestCustomers(run, operation);
    for (const [status, { content }] of Object.entries(operation.responses)) {
      if (Number(status) < 400) continue;
      for (const type of Object.keys(content)) await fail(run, operation, Number(status), type);
    }
  }
}

async function sendToTestCustomers(run: Run, operation: Operation): Promise<void> {
  if (!operation.path.includes("{customer_id}")) return;
  for (const { id, education, refusal, burst } of run.control?.customers ?? []) {
    // The retired operation rejects a customer that is not a school at once.
    const isTagged = education === "denied" && operation.id === "setQualification";
    const isSpared = refusal?.only === "writes" && operation.method === "GET";
    const status = refusal?.status ?? burst?.status ?? (isTagged ? 400 : undefined);
    if (status === undefined || isSpared) continue;
    const maker = caseMaker(run.schemas, operation, { customer_id: id });
    const intent: Intent = { kind: "provoked", status };
    const name = `coverage/${operation.id}/customer/${id}`;
    const one = maker.make(name, intent, isTagged ? { body: '"Education"' } : {});
    if (!run.isOver && isWanted(run, one)) await run.perform(one);
  }
}

async function fail(run: Run, operation: Operation, status: number, type: string): Promise<void> {
  const maker = caseMaker(run.schemas, operation);
  const id = `coverage/${operation.id}/fails/${status}/${type.replace("/", "-")}`;
  const one = maker.make(id, { kind: "provoked", status });
  const isText = type === "text/plain";
  if (run.isOver || !isWanted(run, one) || !(isText || type === "application/json")) return;
  await run.control?.failNext(
    operation.id,
    status,
    ...(isText ? [{ kind: "wrongContentType" }] : []),
  );
  await run.perform(one);
}
