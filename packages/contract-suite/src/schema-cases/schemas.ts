import {
  type Contract,
  ContractError,
  type Json,
  type Operation,
  type Schema,
} from "@partner-qualifications/spec/model";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

/** The schemas of one contract: resolves references and validates values. */
export interface Schemas {
  /** Resolves a reference, and adds its sibling keywords. */
  resolve(schema: Schema): Schema;
  /** Returns why a schema rejects a value; undefined if it accepts it. */
  refusal(schema: Schema, value: Json): string | undefined;
}

const known = new WeakMap<Contract, Schemas>();

/**
 * Compiles all schemas of a contract once.
 *
 * Uses Ajv instead of Prism: the mock uses Prism and must not be its own judge.
 *
 * @throws {ContractError} When a schema does not compile, even if no response needs it.
 * @example
 * schemasOf(contract).refusal({ $ref: "contract#/components/schemas/ValidationCode" }, value);
 */
export function schemasOf(contract: Contract): Schemas {
  const schemas = known.get(contract) ?? compile(contract);
  known.set(contract, schemas);
  return schemas;
}

function compile({ document, operations, resolve }: Contract): Schemas {
  // Optimizing the validators takes longer than all their uses.
  const code = { optimize: false };
  const ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true, code });
  addFormats.default(ajv);
  ajv.addSchema(document, "contract");
  const validators = new WeakMap<Schema, ValidateFunction>();
  const validatorOf = (schema: Schema): ValidateFunction => {
    const validate = validators.get(schema) ?? ajv.compile(schema);
    validators.set(schema, validate);
    return validate;
  };
  for (const operation of operations) {
    try {
      for (const schema of schemasIn(operation)) validatorOf(schema);
    } catch (error) {
      const why = (error as Error).message;
      throw new ContractError(`a schema of ${operation.id} does not compile: ${why}`);
    }
  }
  return {
    resolve,
    refusal(schema, value) {
      const validate = validatorOf(schema);
      if (validate(value)) return undefined;
      const [first] = validate.errors ?? [];
      return `${first?.instancePath || "the value"} ${first?.message ?? "is refused"}`;
    },
  };
}

function schemasIn({ parameters, body, responses }: Operation): Schema[] {
  const parts: { schema: Schema }[] = [...parameters, ...Object.values(body?.content ?? {})];
  for (const { headers, content } of Object.values(responses)) {
    parts.push(...Object.values(headers), ...Object.values(content));
  }
  return parts.map(({ schema }) => schema);
}
