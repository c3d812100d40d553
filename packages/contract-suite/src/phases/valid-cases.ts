import type { Contract } from "../contract/read-contract.ts";
import type { Case } from "../exchange/case.ts";
import { boundariesOf } from "./boundaries-of.ts";
import { validTexts } from "./parameter-texts.ts";
import type { CaseMaker } from "./request-cases.ts";

/**
 * Requests that keep the contract: the least and the fullest, each parameter at each of its edges, the
 * body at each of its edges.
 */
export function validCases(contract: Contract, maker: CaseMaker): Case[] {
  const { operation, make, textOf, values } = maker;
  const base = `coverage/${operation.id}/valid`;
  const valid = { kind: "valid" } as const;
  const free = operation.parameters.filter(({ name }) => !(name in values));
  const edges = free.flatMap((parameter) =>
    validTexts(contract, parameter).map((text, index) =>
      make(`${base}/${parameter.name}/${index}`, valid, { texts: { [parameter.name]: text } }),
    ),
  );
  const bodies = Object.values(operation.body?.content ?? {}).flatMap(({ schema }) =>
    boundariesOf(contract, schema).map((value, index) =>
      make(`${base}/body/${index}`, valid, { body: JSON.stringify(value) }),
    ),
  );
  const all = `${base}/all`;
  const texts = Object.fromEntries(operation.parameters.map((one) => [one.name, textOf(one, all)]));
  return [make(`${base}/least`, valid), make(all, valid, { texts }), ...edges, ...bodies];
}

/** The examples of the contract: of each parameter, and of each body. */
export function exampleCases({ operation, make }: CaseMaker): Case[] {
  const base = `examples/${operation.id}`;
  const valid = { kind: "valid" } as const;
  const texts = Object.fromEntries(
    operation.parameters
      // An identifier that is used twice would be a repeated request.
      .filter(({ name, in: place }) => place !== "path" && name !== operation.idempotencyHeader)
      .flatMap(({ name, examples }) =>
        Object.values(examples)
          .slice(0, 1)
          .map((value) => [name, String(value)] as const),
      ),
  );
  const bodies = Object.values(operation.body?.content ?? {}).flatMap(({ examples }) =>
    Object.entries(examples).map(([name, value]) =>
      make(`${base}/${name}`, valid, { body: JSON.stringify(value) }),
    ),
  );
  return [...bodies, make(`${base}/parameters`, valid, { texts })];
}
