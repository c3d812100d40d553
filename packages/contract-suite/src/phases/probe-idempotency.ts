import { isSafe, type Operation } from "@partner-qualifications/spec/model";
import type { Case } from "../exchange/exchange.ts";
import { caseMaker, guidOf } from "./request-cases.ts";
import { isWanted, type Run } from "./run.ts";

/**
 * Repeats each example of each operation with an idempotency key. The response must be the same,
 * readable state must not change, and the key must not be accepted for another request.
 */
export async function probeIdempotency(run: Run): Promise<void> {
  for (const operation of run.contract.operations) {
    const { idempotencyHeader: header } = operation;
    if (header === undefined || isSafe(operation)) continue;
    const bodies = Object.values(operation.body?.content ?? {}).flatMap(({ examples }) =>
      Object.entries(examples).map(([name, { value }]) => [name, JSON.stringify(value)] as const),
    );
    for (const [name, body] of bodies) {
      const other = bodies.find(([, text]) => text !== body)?.[1] ?? "{}";
      const scenario = `coverage/${operation.id}/replay/${name}`;
      await replay(run, operation, { scenario, header, body, other });
    }
  }
}

interface Replay {
  scenario: string;
  header: string;
  body: string;
  /** Another body. */
  other: string;
}

async function replay(run: Run, operation: Operation, it: Replay): Promise<void> {
  const { scenario, header, body, other } = it;
  const { contract, target, control } = run;
  const maker = caseMaker(run.schemas, operation, target.values);
  const step = (name: string) => `${scenario}#${name}`;
  const key = { [header]: guidOf(scenario) };
  const write = (name: string, intent: Case["intent"], more = body) =>
    maker.make(step(name), intent, { body: more, texts: key });
  const first = write("first", { kind: "valid" });
  if (run.isOver || !isWanted(run, first)) return;

  const { exchange } = await run.perform(first);
  // Reads with the same path values see the write and the used codes.
  const readers = contract.operations
    .filter((reader) => reader.method === "GET")
    .map((reader) => caseMaker(run.schemas, reader, exchange.case.draft.pathValues));
  const read = async (name: string, before?: string) => {
    for (const reader of readers) {
      const at = (which: string) => `${step(which)}/${reader.operation.id}`;
      const unchangedSince = before === undefined ? {} : { unchangedSince: at(before) };
      const intent = { kind: "readBack" as const, of: first.id, ...unchangedSince };
      await run.perform(reader.make(at(name), intent));
    }
  };
  await read("before");
  await run.perform(write("again", { kind: "replay", of: first.id }));
  await read("after", "before");
  // Some hours later, but before the key may expire.
  await control?.advance("PT23H");
  await run.perform(write("later", { kind: "replay", of: first.id }));
  await run.perform(write("other", { kind: "identifierReused", of: first.id }, other));
}
