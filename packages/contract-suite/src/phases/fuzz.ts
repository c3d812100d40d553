import { isSafe, type Json, type Parameter } from "@partner-qualifications/spec/model";
import type { Schemas } from "../schema-cases/schemas.ts";
import { codePoint } from "../schema-cases/strings.ts";
import * as fc from "fast-check";
import type { Case, Intent } from "../exchange/exchange.ts";
import { arbitraryFor } from "../schema-cases/arbitrary-for.ts";
import { mutationsOf } from "../schema-cases/mutations-of.ts";
import { accepts, brokenTexts, canTravel, textOf } from "../schema-cases/parameter-texts.ts";
import { Broken, draw } from "./draw.ts";
import { caseMaker, type CaseMaker, type Parts } from "./request-cases.ts";
import type { Run } from "./run.ts";

export interface FuzzOptions {
  seed: number;
  path?: string | undefined;
  /** Maximum number of drawn requests, without those drawn while shrinking. */
  maxCases: number;
  /** Maximum drawing time, in milliseconds. */
  time: number;
}

/** fast-check does not accept Infinity. */
const mostRuns = 2 ** 31 - 1;

/** Draws requests of each operation: some valid, some with one violation of the contract. */
export async function fuzz(run: Run, { seed, path, maxCases, time }: FuzzOptions): Promise<void> {
  const { contract, target, readOnly, only } = run;
  const kinds = { valid: validRequests, invalid: invalidRequests };
  const drawings = contract.operations
    .filter((one) => !readOnly || isSafe(one))
    .flatMap((operation) =>
      Object.entries(kinds).map(([kind, requests]) => {
        return { name: `fuzz/${operation.id}/${kind}`, operation, requests };
      }),
    )
    .filter(({ name }) => only === undefined || only === name);
  for (const [index, { name, operation, requests }] of drawings.entries()) {
    // Equal shares; the first drawings get the remainder.
    const share = Math.floor((maxCases + drawings.length - 1 - index) / drawings.length);
    if (run.isOver || share === 0) continue;
    await run.reset();
    const maker = caseMaker(run.schemas, operation, target.values);
    let last: Promise<unknown> | undefined;
    const property = fc.asyncProperty(requests(maker), (one) => {
      const attempted = attempt(run, one);
      last = attempted.catch(() => {});
      return attempted;
    });
    await draw(run, name, property, {
      seed,
      path,
      numRuns: Math.min(share, mostRuns),
      time: time / drawings.length,
    });
    // When time runs out, a request may still be pending.
    await last;
  }
}

async function attempt(run: Run, one: Case): Promise<void> {
  const { failures } = await run.attempt(one);
  if (failures.length > 0) throw new Broken(failures);
}

/** Draws valid requests of one operation. */
function validRequests(maker: CaseMaker): fc.Arbitrary<Case> {
  const id = `fuzz/${maker.operation.id}/valid`;
  return validParts(maker).map((parts) => maker.make(id, { kind: "valid" }, parts));
}

/** Draws requests of one operation with one violation of the contract. */
function invalidRequests(maker: CaseMaker): fc.Arbitrary<Case> {
  const { schemas, operation, make } = maker;
  const id = `fuzz/${operation.id}/invalid`;
  const broken = [
    ...operation.parameters.map((parameter) => brokenParameter(schemas, parameter)),
    ...Object.values(operation.body?.content ?? {}).map(({ schema }) =>
      brokenBodies(schemas, schema),
    ),
  ];
  return fc.tuple(validParts(maker), fc.oneof(...broken)).map(([parts, { intent, ...changed }]) => {
    const texts = { ...parts.texts, ...changed.texts };
    return make(id, intent, { ...parts, ...changed, texts });
  });
}

function validParts({ schemas, operation, values }: CaseMaker): fc.Arbitrary<Parts> {
  const parameters = operation.parameters.filter(({ name }) => !(name in values));
  const texts = parameters.map(
    (parameter) => [parameter.name, validText(schemas, parameter)] as const,
  );
  const required = parameters.filter((one) => one.required).map(({ name }) => name);
  const drawn = fc.record(Object.fromEntries(texts), { requiredKeys: required });
  const bodies = Object.values(operation.body?.content ?? {}).map(({ schema }) =>
    arbitraryFor(schemas, schema).map((value) => JSON.stringify(value)),
  );
  if (bodies.length === 0) return drawn.map((all) => ({ texts: all }));
  return fc.tuple(drawn, fc.oneof(...bodies)).map(([all, body]) => ({ texts: all, body }));
}

function validText(schemas: Schemas, { schema, in: place }: Parameter): fc.Arbitrary<string> {
  return arbitraryFor(schemas, schema)
    .map((value) => textOf(value) ?? "")
    .filter((text) => canTravel(place, text) && accepts(schemas, schema, text));
}

type Change = { intent: Intent; texts?: Record<string, string>; body?: string };

function brokenParameter(schemas: Schemas, parameter: Parameter): fc.Arbitrary<Change> {
  const { name, in: place, schema } = parameter;
  const known = brokenTexts(schemas, parameter);
  const free = fc
    .string({ unit: place === "header" ? "grapheme-ascii" : codePoint, maxLength: 50 })
    .filter((text) => canTravel(place, text) && !accepts(schemas, schema, text))
    .map((text) => ({ text, breaks: [] }));
  // If every short text is valid, there is no invalid one to draw.
  const isOpen = accepts(schemas, schema, "~ §1");
  const drawn = isOpen ? fc.constantFrom(...known) : fc.oneof(fc.constantFrom(...known), free);
  return drawn.map(({ text, breaks }) => ({
    intent: { kind: "invalid", place, name, breaks },
    texts: { [name]: text },
  }));
}

function brokenBodies(schemas: Schemas, schema: Parameter["schema"]): fc.Arbitrary<Change> {
  const known = mutationsOf(schemas, schema);
  const free = fc
    .jsonValue({ maxDepth: 2 })
    .map((value) => ({ value: value as Json, breaks: [] }))
    .filter(({ value }) => schemas.refusal(schema, value) !== undefined);
  return fc.oneof(fc.constantFrom(...known), free).map(({ value, breaks }) => ({
    intent: { kind: "invalid", place: "body", name: "body", breaks },
    body: JSON.stringify(value),
  }));
}
