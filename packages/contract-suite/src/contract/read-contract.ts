import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { ContractError } from "../errors.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";
import type { Operation } from "./operation.ts";
import { readOperations } from "./read-operations.ts";
import { readRelations, type Relation } from "./relations.ts";
import { asSchema, type Schema } from "./schema.ts";

/** A contract, read and compiled. */
export interface Contract {
  title: string;
  operations: Operation[];
  /** How answers belong to requests, and to each other (`x-relations`). */
  relations: Relation[];
  /** The schema that a reference leads to, with what stands beside the reference added. */
  resolve(schema: Schema): Schema;
  /** Why a schema refuses a value; undefined when it accepts it. */
  refusal(schema: Schema, value: Json): string | undefined;
}

/**
 * Reads an OpenAPI 3.1 document that was bundled into one object.
 *
 * Schemas are judged by Ajv, and not by Prism: the mock has Prism's, and must not be its own judge.
 *
 * @throws {ContractError} When it is no such document, a reference leads nowhere, or a schema does not
 *   compile.
 */
export function readContract(document: unknown): Contract {
  // A copy: the references in it are changed.
  const root = absolute(structuredClone(document) as Json);
  if (!isObject(root) || !/^3\.[12]\./.test(String(root.openapi))) {
    throw new ContractError("it is not an OpenAPI document of version 3.1 or newer");
  }
  if (!isObject(root.paths)) throw new ContractError("it has no paths");

  const ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true });
  addFormats.default(ajv);
  ajv.addSchema(root, "contract");
  const validators = new WeakMap<Schema, ValidateFunction>();
  const validatorOf = (schema: Schema): ValidateFunction => {
    const known = validators.get(schema);
    if (known) return known;
    const made = ajv.compile(schema);
    validators.set(schema, made);
    return made;
  };

  const resolve = (schema: Schema): Schema => {
    const { $ref, ...beside } = schema;
    if (typeof $ref !== "string") return schema;
    const found = resolve(asSchema(at(root, $ref)));
    return Object.keys(beside).length > 0 ? { ...found, ...beside } : found;
  };
  const operations = readOperations(root, (node) => follow(root, node));
  const relations = readRelations(
    root["x-relations"],
    operations.map(({ id }) => id),
  );
  const contract: Contract = {
    title: String((root.info as JsonObject | undefined)?.title ?? "untitled"),
    operations,
    relations,
    resolve,
    refusal(schema, value) {
      const validate = validatorOf(schema);
      if (validate(value)) return undefined;
      const [first] = validate.errors ?? [];
      return `${first?.instancePath || "the value"} ${first?.message ?? "is refused"}`;
    },
  };
  compileAll(contract, validatorOf);
  return contract;
}

/** References within the document lead to it from anywhere. */
function absolute(node: Json): Json {
  if (Array.isArray(node)) return node.map(absolute);
  if (!isObject(node)) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === "$ref" && typeof value === "string" && value.startsWith("#")
        ? `contract${value}`
        : absolute(value),
    ]),
  );
}

/** A part of the document that may be a reference to another part. */
function follow(root: JsonObject, node: Json | undefined): JsonObject {
  if (!isObject(node)) return {};
  return typeof node.$ref === "string" ? follow(root, at(root, node.$ref)) : node;
}

function at(root: JsonObject, reference: string): Json {
  const [file, pointer = ""] = reference.split("#");
  if (file !== "contract")
    throw new ContractError(`${reference} is not in the document: bundle it`);
  let node: Json | undefined = root;
  for (const part of pointer.split("/").slice(1)) {
    const key = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
    node = isObject(node) || Array.isArray(node) ? (node as JsonObject)[key] : undefined;
  }
  if (node === undefined) throw new ContractError(`#${pointer} leads nowhere`);
  return node;
}

/** Said at once, and not by the first answer that needs the schema. */
function compileAll({ operations }: Contract, validatorOf: (schema: Schema) => unknown): void {
  for (const { id, parameters, body, responses } of operations) {
    const schemas = [
      ...parameters.map(({ schema }) => schema),
      ...Object.values(body?.content ?? {}).map(({ schema }) => schema),
      ...Object.values(responses).flatMap(({ headers, content }) =>
        [...Object.values(headers), ...Object.values(content)].map(({ schema }) => schema),
      ),
    ];
    for (const schema of schemas) {
      try {
        validatorOf(schema);
      } catch (error) {
        throw new ContractError(`a schema of ${id} does not compile: ${(error as Error).message}`);
      }
    }
  }
}
