import { caseMaker } from "./request-cases.ts";
import { isWanted, type Run } from "./run.ts";

/** From a minute after a request to a month after its end; decisions are made on business days. */
const steps = ["PT0S", "PT1M", "PT23H", "P1D", "P1D", "P1D", "P2D", "P28D", "P7D"];

/** Requests Education for each test customer with an outcome, and follows the vetting through time. */
export async function probeVetting(run: Run): Promise<void> {
  const { contract, control } = run;
  const [request, list] = ["requestQualification", "listQualifications"].map((id) =>
    contract.operations.find((operation) => operation.id === id),
  );
  if (!control || !request || !list) return;
  for (const { id, education } of control.customers) {
    if (education === undefined) continue;
    const scenario = `coverage/${request.id}/vetting/${id}`;
    const values = { customer_id: id };
    const body = JSON.stringify({ qualification: "Education", educationSegment: "K12" });
    const requested = caseMaker(run.schemas, request, values).make(
      `${scenario}#request`,
      { kind: "valid" },
      { body },
    );
    if (run.isOver || !isWanted(run, requested)) continue;
    await run.reset();
    await run.perform(requested);
    const reader = caseMaker(run.schemas, list, values);
    for (const [index, duration] of steps.entries()) {
      await control.advance(duration);
      const intent = { kind: "readBack" as const, of: requested.id };
      const isFirst = index === 0;
      await run.perform(reader.make(`${scenario}#${index}`, isFirst ? intent : { kind: "valid" }));
    }
  }
}
