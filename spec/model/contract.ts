import bundled from "@partner-qualifications/spec/openapi.json" with { type: "json" };
import { ContractError } from "./contract-error.ts";
import type { Operation } from "./operation.ts";
import { readOperations } from "./read-operations.ts";
import { References } from "./references.ts";
import { type Relation, readRelations } from "./relations.ts";
import {
  asSchema,
  type Grounds,
  groundsOf,
  type Json,
  type JsonObject,
  type OpenSet,
  type Schema,
} from "./schema.ts";
import { readSecurityScheme, type SecurityScheme } from "./security.ts";

/** A code of an error body, from the catalog (`spec/errors.yaml`). */
export interface ErrorCode extends Grounds {
  code: string;
  /** Its HTTP status, if a source names one. */
  status?: number;
  meaning: string;
  /** The usual cause. */
  cause: string;
  fixedBy: "developer" | "partner" | "customer" | "microsoft";
  /** How to fix it. */
  whatToDo: string;
  /**
   * `later`: after something outside the call has changed. `sameRequestId`: at once, with the same
   * MS-RequestId.
   */
  retry: "never" | "later" | "sameRequestId";
  /** What makes the mock return it from `requestQualification`: one of these. */
  reproduce?: { customer?: string; token?: string; validationCode?: string };
}

export interface Server extends Grounds {
  url: string;
  description: string;
  /** For example `global` (`x-environment`). */
  environment?: string;
}

/** A parsed OpenAPI document. */
export interface Contract {
  /** The document, with references that name it: `contract#/…`. */
  document: JsonObject;
  title: string;
  version: string;
  servers: Server[];
  tags: { name: string; description: string }[];
  operations: Operation[];
  /** By name. */
  schemas: Record<string, Schema>;
  /** By name. */
  securitySchemes: Record<string, SecurityScheme>;
  /** The error catalog, by number (`x-error-catalog`). */
  errors: ErrorCode[];
  /** How responses relate to requests and to each other (`x-relations`). */
  relations: Relation[];
  /**
   * Returns the target of a reference, with the keywords beside the reference added. References inside
   * it stay.
   *
   * @throws {ContractError} When the reference has no target.
   */
  resolve(schema: Schema): Schema;
  /**
   * Returns a schema with every reference resolved, except recursive ones. Resolved schemas get their
   * name as `title`; keywords beside a reference win, and grounds are joined.
   *
   * @throws {ContractError} When a reference has no target.
   */
  expand(schema: Schema): Schema;
  /** Returns the values of an open set, `anyOf: [the known values, { type: string }]`. */
  openSet(schema: Schema): OpenSet | undefined;
}

/**
 * Reads a bundled OpenAPI 3.1 document. Schemas are not compiled.
 *
 * To validate values with Ajv, add the document once; then each schema of the contract compiles alone.
 *
 * @example
 * const ajv = new Ajv2020({ strict: false }).addSchema(contract.document, "contract");
 * const validate = ajv.compile(contract.operations[0].responses["200"].content["application/json"].schema);
 * @throws {ContractError} When it is not such a document, or a reference has no target.
 */
export function readContract(document: unknown): Contract {
  const node = asSchema(document as Json);
  if (!/^3\.[12]\./.test(String(node.openapi))) {
    throw new ContractError("it is not an OpenAPI document of version 3.1 or newer");
  }
  if (typeof node.paths !== "object" || node.paths === null || Array.isArray(node.paths)) {
    throw new ContractError("it has no paths");
  }
  const references = new References(node as JsonObject);
  const { root } = references;
  const components = asSchema(root.components);
  const securitySchemes = Object.fromEntries(
    Object.entries(asSchema(components.securitySchemes)).map(([name, scheme]) => [
      name,
      readSecurityScheme(name, references.follow(scheme)),
    ]),
  );
  const operations = readOperations(references, securitySchemes);
  const { title = "untitled", version = "" } = asSchema(root.info);
  return {
    document: root,
    title: String(title),
    version: String(version),
    servers: objects(root.servers).map(readServer),
    tags: objects(root.tags).map(({ name, description = "" }) => ({
      name: String(name),
      description: String(description),
    })),
    operations,
    schemas: Object.fromEntries(
      Object.entries(asSchema(components.schemas)).map(([name, schema]) => [
        name,
        asSchema(schema),
      ]),
    ),
    securitySchemes,
    errors: objects(root["x-error-catalog"]).map(readErrorCode),
    relations: readRelations(
      root["x-relations"],
      operations.map(({ id }) => id),
    ),
    resolve: (schema) => references.resolve(schema),
    expand: (schema) => asSchema(references.expand(schema as JsonObject)),
    openSet: (schema) => references.openSet(schema),
  };
}

function objects(node: Json | undefined): Schema[] {
  return Array.isArray(node) ? node.map(asSchema) : [];
}

function readServer(node: Schema): Server {
  const { url, description = "", "x-environment": environment } = node;
  return {
    url: String(url),
    description: String(description),
    ...(typeof environment === "string" && { environment }),
    ...groundsOf(node),
  };
}

function readErrorCode(node: Schema): ErrorCode {
  const { "x-evidence": _, "x-assumption": __, ...entry } = node;
  return { ...(entry as unknown as Omit<ErrorCode, keyof Grounds>), ...groundsOf(node) };
}

/** The bundled contract of this project, as a document. */
export const document = bundled as unknown as JsonObject;

/** The bundled contract of this project. */
export const contract: Contract = readContract(document);
