import { caseMaker } from "./request-cases.ts";
import { isWanted, type Run } from "./run.ts";

/** From the minute after a request to the month after its end; people decide on business days. */
const steps = ["PT0S", "PT1M", "PT23H", "P1D", "P1D", "P1D", "P2D", "P28D", "P7D"];

/** Asks for Education for each customer that stands for an outcome, and follows the vetting in time. */
export async function probeVetting(run: Run): Promise<void> {
  const { contract, control } = run;
  const [ask, list] = ["requestQualification", "listQualifications"].map((id) =>
    contract.operations.find((operation) => operation.id === id),
  );
  if (!control || !ask || !list) return;
  for (const { id, education } of control.customers) {
    if (education === undefined) continue;
    const scenario = `coverage/${ask.id}/vetting/${id}`;
    const values = { customer_id: id };
    const body = JSON.stringify({ qualification: "Education", educationSegment: "K12" });
    const asked = caseMaker(run.schemas, ask, values).make(
      `${scenario}#ask`,
      { kind: "valid" },
      { body },
    );
    if (run.isOver || !isWanted(run, asked)) continue;
    await run.reset();
    await run.perform(asked);
    const reader = caseMaker(run.schemas, list, values);
    for (const [index, duration] of steps.entries()) {
      await control.advance(duration);
      const intent = { kind: "readBack" as const, of: asked.id };
      const isFirst = index === 0;
      await run.perform(reader.make(`${scenario}#${index}`, isFirst ? intent : { kind: "valid" }));
    }
  }
}
