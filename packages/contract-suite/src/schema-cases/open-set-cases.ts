import {
  asSchema,
  type Contract,
  isObject,
  type Json,
  propertiesOf,
  type Schema,
} from "@partner-qualifications/spec/model";
import { boundariesOf } from "./boundaries-of.ts";
import { schemasOf } from "./schemas.ts";

/** An undocumented value that an open set allows. */
export const unheardOf = "SomethingNew";

/** A response with an undocumented value of an open set. */
export interface OpenSetCase {
  operationId: string;
  status: number;
  /** The value's place, as a JSON pointer into the body. */
  pointer: string;
  body: Json;
}

/**
 * Returns one response for each open set (an enumeration or any text) in each success of a contract.
 *
 * A client must return the value unchanged: the check `open_set_stays_open`, which concerns the client.
 */
export function openSetCases(contract: Contract): OpenSetCase[] {
  const schemas = schemasOf(contract);
  return contract.operations.flatMap(({ id, responses }) =>
    Object.entries(responses)
      .filter(([status]) => /^2\d\d$/.test(status))
      .flatMap(([status, { content }]) =>
        Object.values(content).flatMap(({ schema, examples }) =>
          [...Object.values(examples).map((one) => one.value), ...boundariesOf(schemas, schema)]
            .flatMap((body) => opened(contract, schema, body, ""))
            .filter(({ body }) => schemas.refusal(schema, body) === undefined)
            // One per place is enough.
            .filter((one, index, all) => {
              return all.findIndex(({ pointer }) => pointer === one.pointer) === index;
            })
            .map((one): OpenSetCase => {
              const { pointer, body } = one;
              return { operationId: id, status: Number(status), pointer, body };
            }),
        ),
      ),
  );
}

interface Opened {
  pointer: string;
  body: Json;
}

/** Returns copies of the value, each with one member of an open set replaced. */
function opened(contract: Contract, node: Schema, value: Json, pointer: string): Opened[] {
  const schema = contract.resolve(node);
  if (typeof value === "string" && contract.openSet(schema)) {
    return [{ pointer, body: unheardOf }];
  }
  if (Array.isArray(value)) {
    const [first, ...rest] = value;
    if (first === undefined) return [];
    return opened(contract, asSchema(schema.items), first, `${pointer}/0`).map(
      ({ pointer: at, body }) => ({ pointer: at, body: [body].concat(rest) }),
    );
  }
  if (!isObject(value)) return [];
  return propertiesOf(schema).flatMap(([name, member]) => {
    const inner = value[name];
    if (inner === undefined) return [];
    return opened(contract, member, inner, `${pointer}/${name}`).map(({ pointer: at, body }) => ({
      pointer: at,
      body: Object.assign({}, value, { [name]: body }),
    }));
  });
}
