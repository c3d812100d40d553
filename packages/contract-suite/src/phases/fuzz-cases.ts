import * as fc from "fast-check";
import type { Json } from "../contract/json.ts";
import type { Parameter } from "../contract/operation.ts";
import type { Contract } from "../contract/read-contract.ts";
import type { Case, Intent } from "../exchange/case.ts";
import { arbitraryFor } from "./arbitrary-for.ts";
import { mutationsOf } from "./mutations-of.ts";
import { accepts, brokenTexts, canTravel, textOf } from "./parameter-texts.ts";
import type { CaseMaker, Parts } from "./request-cases.ts";

/** Draws requests of one operation that keep the contract. */
export function validRequests(contract: Contract, maker: CaseMaker): fc.Arbitrary<Case> {
  const id = `fuzz/${maker.operation.id}/valid`;
  return validParts(contract, maker).map((parts) => maker.make(id, { kind: "valid" }, parts));
}

/** Draws requests of one operation that break the contract in one place. */
export function invalidRequests(contract: Contract, maker: CaseMaker): fc.Arbitrary<Case> {
  const { operation, make } = maker;
  const id = `fuzz/${operation.id}/invalid`;
  const broken = [
    ...operation.parameters.map((parameter) => brokenParameter(contract, parameter)),
    ...Object.values(operation.body?.content ?? {}).map(({ schema }) =>
      brokenBodies(contract, schema),
    ),
  ];
  return fc
    .tuple(validParts(contract, maker), fc.oneof(...broken))
    .map(([parts, { intent, ...changed }]) => {
      const texts = { ...parts.texts, ...changed.texts };
      return make(id, intent, { ...parts, ...changed, texts });
    });
}

function validParts(contract: Contract, { operation, values }: CaseMaker): fc.Arbitrary<Parts> {
  const parameters = operation.parameters.filter(({ name }) => !(name in values));
  const texts = parameters.map(
    (parameter) => [parameter.name, validText(contract, parameter)] as const,
  );
  const required = parameters.filter((one) => one.required).map(({ name }) => name);
  const drawn = fc.record(Object.fromEntries(texts), { requiredKeys: required });
  const bodies = Object.values(operation.body?.content ?? {}).map(({ schema }) =>
    arbitraryFor(contract, schema).map((value) => JSON.stringify(value)),
  );
  if (bodies.length === 0) return drawn.map((all) => ({ texts: all }));
  return fc.tuple(drawn, fc.oneof(...bodies)).map(([all, body]) => ({ texts: all, body }));
}

function validText(contract: Contract, { schema, in: place }: Parameter): fc.Arbitrary<string> {
  return arbitraryFor(contract, schema)
    .map((value) => textOf(value) ?? "")
    .filter((text) => canTravel(place, text) && accepts(contract, schema, text));
}

type Broken = { intent: Intent; texts?: Record<string, string>; body?: string };

function brokenParameter(contract: Contract, parameter: Parameter): fc.Arbitrary<Broken> {
  const { name, in: place, schema } = parameter;
  const known = brokenTexts(contract, parameter);
  const free = fc
    .string({ unit: place === "header" ? "grapheme-ascii" : "binary", maxLength: 50 })
    .filter((text) => canTravel(place, text) && !accepts(contract, schema, text))
    .map((text) => ({ text, breaks: [] }));
  // Where every short text is valid, there is none to draw.
  const isOpen = accepts(contract, schema, "~ §1");
  const drawn = isOpen ? fc.constantFrom(...known) : fc.oneof(fc.constantFrom(...known), free);
  return drawn.map(({ text, breaks }) => ({
    intent: { kind: "invalid", place, name, breaks },
    texts: { [name]: text },
  }));
}

function brokenBodies(contract: Contract, schema: Parameter["schema"]): fc.Arbitrary<Broken> {
  const known = mutationsOf(contract, schema);
  const free = fc
    .jsonValue({ maxDepth: 2 })
    .map((value) => ({ value: value as Json, breaks: [] }))
    .filter(({ value }) => contract.refusal(schema, value) !== undefined);
  return fc.oneof(fc.constantFrom(...known), free).map(({ value, breaks }) => ({
    intent: { kind: "invalid", place: "body", name: "body", breaks },
    body: JSON.stringify(value),
  }));
}
