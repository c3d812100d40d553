import type { Case } from "../exchange/exchange.ts";
import { caseMaker, type CaseMaker } from "./request-cases.ts";
import { performCases, type Run } from "./run.ts";

/** Sends each example of the contract. */
export async function examples(run: Run): Promise<void> {
  const { contract, target } = run;
  await run.reset();
  for (const operation of contract.operations) {
    await performCases(run, exampleCases(caseMaker(run.schemas, operation, target.values)));
  }
}

/** Creates requests from the contract's examples, of each parameter and body. */
export function exampleCases({ operation, make }: CaseMaker): Case[] {
  const base = `examples/${operation.id}`;
  const valid = { kind: "valid" } as const;
  const texts = Object.fromEntries(
    operation.parameters
      // Reusing an identifier would make the request a repeated one.
      .filter(({ name, in: place }) => place !== "path" && name !== operation.idempotencyHeader)
      .flatMap(({ name, examples: given }) =>
        Object.values(given)
          .slice(0, 1)
          .map(({ value }) => [name, String(value)] as const),
      ),
  );
  const bodies = Object.values(operation.body?.content ?? {}).flatMap((media) =>
    Object.entries(media.examples).map(([name, { value }]) =>
      make(`${base}/${name}`, valid, { body: JSON.stringify(value) }),
    ),
  );
  return [...bodies, make(`${base}/parameters`, valid, { texts })];
}
