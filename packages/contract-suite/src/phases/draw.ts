import * as fc from "fast-check";
import { SeedError } from "../errors.ts";
import type { Failure } from "../exchange/exchange.ts";
import type { Run } from "./run.ts";

/** How values are drawn. */
export interface Drawing {
  seed: number;
  /** The one counterexample to see again. */
  path?: string | undefined;
  numRuns: number;
  /** In milliseconds. */
  time?: number | undefined;
}

/** Stops a drawing at a value for which checks do not hold. */
export class Broken extends Error {
  readonly failures: Failure[];
  constructor(failures: Failure[]) {
    super(failures[0]?.message);
    this.failures = failures;
  }
}

/** @throws {SeedError} When the path is not one of the seed. */
async function checkProperty<T>(
  property: fc.IAsyncPropertyWithHooks<T>,
  parameters: fc.Parameters<T>,
) {
  try {
    return await fc.check(property, parameters);
  } catch (error) {
    throw new SeedError(`--path ${parameters.path} leads nowhere: ${(error as Error).message}`);
  }
}

/**
 * Draws values for a property until one breaks it, makes that one as small as it can be, and keeps its
 * failures for the report, with the line that draws it again.
 *
 * @param pathOf The path of a counterexample, where it is more than fast-check's own.
 * @throws {SeedError} When the path is not one of the seed.
 */
export async function draw<T>(
  run: Run,
  name: string,
  property: fc.IAsyncPropertyWithHooks<T>,
  { seed, path, numRuns, time }: Drawing,
  pathOf: (path: string, counterexample: T) => string = (own) => own,
): Promise<void> {
  const parameters = {
    seed,
    numRuns,
    // What is seen again was made as small as it can be.
    ...(path !== undefined && { path, endOnFailure: true }),
    ...(time !== undefined && { interruptAfterTimeLimit: time, markInterruptAsFailure: false }),
  };
  const details = await checkProperty(property, parameters);
  run.drawings.push({ name, cases: details.numRuns, wasCut: details.interrupted });
  const { errorInstance, counterexample, counterexamplePath } = details;
  // On a busy machine the time can be over before anything was drawn.
  if (!details.failed || counterexample === null) return;
  if (!(errorInstance instanceof Broken)) throw errorInstance;
  const found = pathOf(counterexamplePath ?? "", counterexample);
  const replay = `--phase ${name.split("/")[0]} --only '${name}' --seed ${seed} --path '${found}'`;
  const again = ({ check, operationId, caseId, message, curl }: Failure): Failure => {
    return { check, operationId, caseId, message, curl, replay };
  };
  run.failures.push(...errorInstance.failures.map(again));
}
