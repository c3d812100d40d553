import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { parse } from "yaml";

const require = createRequire(import.meta.url);

/** What a statement of the contract stands on. */
export interface Grounds {
  /** Keys of `evidence.yaml`, or numbers of `contradictions.yaml`. */
  "x-evidence"?: string[];
  /** Numbers of `assumptions.yaml`. */
  "x-assumption"?: string[];
}

export interface Schema extends Grounds {
  title?: string;
  type?: string;
  format?: string;
  description?: string;
  enum?: unknown[];
  const?: unknown;
  example?: unknown;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
}

export interface Example {
  summary?: string;
  description?: string;
  value: unknown;
}

export interface Content {
  schema: Schema;
  examples?: Record<string, Example>;
}

export interface Parameter extends Grounds {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  description: string;
  schema: Schema;
  example?: unknown;
}

export interface Response extends Grounds {
  description: string;
  headers?: Record<string, Grounds & { description: string; required?: boolean; schema: Schema }>;
  content?: Record<string, Content>;
}

export interface Operation extends Grounds {
  operationId: string;
  method: string;
  path: string;
  tag: string;
  summary: string;
  description: string;
  deprecated?: boolean;
  parameters: Parameter[];
  requestBody?: Grounds & { description?: string; content: Record<string, Content> };
  responses: Record<string, Response>;
  security: Record<string, string[]>[];
  "x-retry"?: Retry;
  "x-idempotency"?: { header: string };
}

export interface Retry {
  statuses: number[];
  noAnswer: boolean;
  maxAttempts: number;
  backoff: { initial: string; max: string; factor: number; jitter: string };
}

export interface CatalogEntry extends Grounds {
  code: string;
  status?: number;
  meaning: string;
  fixedBy: "developer" | "partner" | "customer" | "microsoft";
  retry: "never" | "later" | "sameRequestId";
}

/** An OpenAPI document as it is written, with references. */
export type Document = Record<string, unknown>;

export interface Contract {
  version: string;
  tags: { name: string; description: string }[];
  operations: Operation[];
  errors: CatalogEntry[];
}

export interface Background {
  sources: Record<string, { title: string; address: string; dated: string; read: string }>;
  facts: Record<string, { source: string; at: string; says: string }>;
  contradictions: Record<string, { matter: string; one: string; other: string; taken: string }>;
  assumptions: Record<string, string>;
}

/** The bundled document that all pages are made from. */
export const documentFile: string = require.resolve("@partner-qualifications/spec/openapi.json");

/** The executable workflows beside it. */
export const workflowDirectory = new URL("workflows/", pathToFileURL(documentFile));

export interface Workflow {
  file: string;
  summary: string;
  /** A value for each required input, that suits a mock which has forgotten everything. */
  inputs: Record<string, string>;
}

export function readWorkflows(): Workflow[] {
  return readdirSync(workflowDirectory).map((file) => {
    const text = readFileSync(new URL(file, workflowDirectory), "utf8");
    const [{ summary, inputs }] = (
      parse(text) as {
        workflows: [
          {
            summary: string;
            inputs: { required: string[]; properties: Record<string, { examples: [string] }> };
          },
        ];
      }
    ).workflows;
    const values = inputs.required.map((name) => [
      name,
      inputs.properties[name]?.examples[0] ?? "",
    ]);
    return { file, summary, inputs: Object.fromEntries(values) as Record<string, string> };
  });
}

export function readDocument(): Document {
  return JSON.parse(readFileSync(documentFile, "utf8")) as Document;
}

/** The contract with every reference followed; what stands beside a reference wins. */
export function readContract(document: Document = readDocument()): Contract {
  const {
    info,
    tags,
    paths,
    "x-error-catalog": errors,
  } = follow(document, document) as {
    info: { version: string };
    tags: Contract["tags"];
    paths: Record<string, Record<string, unknown>>;
    "x-error-catalog": CatalogEntry[];
  };
  const operations = Object.entries(paths).flatMap(([path, { parameters: shared = [], ...item }]) =>
    Object.entries(item)
      .filter(([, value]) => Object.hasOwn(value as object, "operationId"))
      .map(([method, value]) => {
        const operation = value as Operation & { tags: [string] };
        const parameters = [...(shared as Parameter[]), ...(operation.parameters ?? [])];
        const [tag] = operation.tags;
        return Object.assign(operation, { method: method.toUpperCase(), path, tag, parameters });
      }),
  );
  return { version: info.version, tags, operations, errors };
}

function read(name: string): unknown {
  return parse(readFileSync(require.resolve(`@partner-qualifications/spec/${name}.yaml`), "utf8"));
}

/** The facts, contradictions and assumptions that the contract's keys stand for. */
export function readBackground(): Background {
  return {
    ...(read("evidence") as Pick<Background, "sources" | "facts">),
    contradictions: read("contradictions") as Background["contradictions"],
    assumptions: read("assumptions") as Background["assumptions"],
  };
}

function follow(node: unknown, document: Document): unknown {
  if (Array.isArray(node)) return node.map((item) => follow(item, document));
  if (typeof node !== "object" || node === null) return node;
  const { $ref, ...own } = node as Record<string, unknown>;
  const entries = Object.entries(own).map(([key, value]) => [key, follow(value, document)]);
  const followed = Object.fromEntries(entries) as Grounds & Record<string, unknown>;
  if (typeof $ref !== "string") return followed;
  let target: unknown = document;
  for (const step of $ref.slice(2).split("/")) {
    target = (target as Record<string, unknown>)[step.replaceAll("~1", "/").replaceAll("~0", "~")];
  }
  const found = follow(target, document) as Grounds & Record<string, unknown>;
  for (const grounds of ["x-evidence", "x-assumption"] as const) {
    const both = [...(followed[grounds] ?? []), ...(found[grounds] ?? [])];
    if (both.length > 0) followed[grounds] = [...new Set(both)];
  }
  // The name of what was referred to is what a reader calls it.
  return { title: $ref.split("/").at(-1), ...found, ...followed };
}
