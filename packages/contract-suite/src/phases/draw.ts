import * as fc from "fast-check";
import { SeedError } from "../errors.ts";
import type { Failure } from "../exchange/exchange.ts";
import type { Run } from "./run.ts";

/** Options of a drawing. */
export interface Drawing {
  seed: number;
  /** Path of the counterexample to replay. */
  path?: string | undefined;
  numRuns: number;
  /** In milliseconds. */
  time?: number | undefined;
}

/** Stops a drawing at a value that fails a check. */
export class Broken extends Error {
  readonly failures: Failure[];
  constructor(failures: Failure[]) {
    super(failures[0]?.message);
    this.failures = failures;
  }
}

/** @throws {SeedError} When the path does not belong to the seed. */
async function checkProperty<T>(
  property: fc.IAsyncPropertyWithHooks<T>,
  parameters: fc.Parameters<T>,
) {
  try {
    return await fc.check(property, parameters);
  } catch (error) {
    throw new SeedError(
      `--path ${parameters.path} does not exist for this seed: ${(error as Error).message}`,
    );
  }
}

/**
 * Draws values until one fails, shrinks it, and stores its failures for the report, with the flags that
 * replay them.
 *
 * @param pathOf Returns the path of a counterexample, if it has more than fast-check's own.
 * @throws {SeedError} When the path does not belong to the seed.
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
    // A replayed counterexample is already minimal.
    ...(path !== undefined && { path, endOnFailure: true }),
    ...(time !== undefined && { interruptAfterTimeLimit: time, markInterruptAsFailure: false }),
  };
  const details = await checkProperty(property, parameters);
  run.drawings.push({ name, cases: details.numRuns, wasCut: details.interrupted });
  const { errorInstance, counterexample, counterexamplePath } = details;
  // On a busy machine, time may run out before the first value.
  if (!details.failed || counterexample === null) return;
  if (!(errorInstance instanceof Broken)) throw errorInstance;
  const found = pathOf(counterexamplePath ?? "", counterexample);
  const replay = `--phase ${name.split("/")[0]} --only '${name}' --seed ${seed} --path '${found}'`;
  const again = ({ check, operationId, caseId, message, curl }: Failure): Failure => {
    return { check, operationId, caseId, message, curl, replay };
  };
  run.failures.push(...errorInstance.failures.map(again));
}
