import { createRequire } from "node:module";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

interface Response {
  headers?: Record<string, { required?: boolean }>;
  content?: Record<string, { schema: object }>;
}

interface Contract {
  paths: Record<
    string,
    Record<string, { operationId?: string; responses: Record<string, Response> }>
  >;
  components: { schemas: Record<string, object> };
}

/** What the contract says of one answer of one operation. */
export interface DocumentedResponse {
  operationId: string;
  status: number;
  requiredHeaders: string[];
  /** Checks a body against the schema of `application/json`. */
  validate: ValidateFunction;
}

const require = createRequire(import.meta.url);
const contract = require("@partner-qualifications/spec/openapi.json") as Contract;

// A validator of its own: the mock has Prism's, and must not be its own judge.
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(contract, "contract");

/** Every answer that the contract documents, in its own order. */
export const documentedResponses: DocumentedResponse[] = Object.entries(contract.paths).flatMap(
  ([path, item]) =>
    Object.entries(item).flatMap(([method, { operationId, responses }]) =>
      Object.entries(operationId === undefined ? {} : responses).map(([status]) => {
        const pointer = ["paths", path, method, "responses", status];
        const response = resolve(pointer) as Response;
        return {
          operationId: operationId as string,
          status: Number(status),
          requiredHeaders: Object.entries(response.headers ?? {})
            .filter(
              ([name]) =>
                (resolve([...pointer, "headers", name]) as { required?: boolean }).required,
            )
            .map(([name]) => name),
          validate: ajv.compile({
            $ref: `contract#${jsonPointer([...where(pointer), "content", "application/json", "schema"])}`,
          }),
        };
      }),
    ),
);

/** The validator of a named schema. */
export function validatorOf(schema: string): ValidateFunction {
  return ajv.compile({ $ref: `contract#/components/schemas/${schema}` });
}

/** Where a pointer leads after its references were followed. */
function where(pointer: string[]): string[] {
  let place: string[] = [];
  for (const key of pointer) {
    place.push(key);
    const { $ref } = (at(place) ?? {}) as { $ref?: string };
    if ($ref !== undefined) {
      place = $ref
        .slice(2)
        .split("/")
        .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
    }
  }
  return place;
}

function resolve(pointer: string[]): unknown {
  return at(where(pointer));
}

function at(place: string[]): unknown {
  let node: unknown = contract;
  for (const key of place) node = (node as Record<string, unknown> | undefined)?.[key];
  return node;
}

function jsonPointer(place: string[]): string {
  return place
    .map((key) => `/${encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"))}`)
    .join("");
}
