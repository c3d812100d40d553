import {
  validateInput,
  validateMediaType,
  validateOutput,
  validateSecurity,
} from "@stoplight/prism-http/dist/validator/index.js";
// What `validateInput` and `validateOutput` are made of. Those two find their parts anew for each
// message, which takes them as long as the checking.
import validators from "@stoplight/prism-http/dist/validator/validators/index.js";
import { ValidationContext } from "@stoplight/prism-http/dist/validator/validators/types.js";
import { validateAgainstSchema } from "@stoplight/prism-http/dist/validator/validators/utils.js";
import { type Contract, type Operation, readContract } from "@partner-qualifications/spec/model";
import { compileSchemas } from "./compile-schemas.ts";
import {
  type OpenApiDocument,
  type PrismOperation,
  readPrismOperations,
} from "./prism-operations.ts";
import { type Route, routerOf } from "./router.ts";
import { textViolations, type Violation, violationsOf } from "./violations.ts";

// The only access to Prism: its router and validators, without its server (which never answers a body
// that is not JSON) and its client (which takes three times as long to import).

const { validateHeaders, validatePath, validateQuery } = validators;
const { Input, Output } = ValidationContext;

type HeaderSpecs = Parameters<typeof validateHeaders>[1];

/** A request for Prism's validators. Header names are in lower case. */
export interface PrismRequest {
  /** The parameters of the path, decoded. */
  path: Record<string, string>;
  query: Record<string, string | string[]>;
  headers: Record<string, string>;
  /** Undefined if there is none. Its media type is documented. */
  body: unknown;
}

export interface PrismResponse {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

export interface Prism {
  contract: Contract;
  /** Returns the operation of a method and a path. */
  route(method: string, path: string): Route;
  /** Checks for a token of a kind that the operation accepts. */
  checkSecurity(operation: Operation, headers: Record<string, string>): Violation[];
  checkRequest(operation: Operation, request: PrismRequest): Violation[];
  checkResponse(operation: Operation, response: PrismResponse): Violation[];
}

/** Headers of HTTP itself, which the contract may omit. */
const httpHeaders = new Set(["allow", "connection", "content-length", "content-type", "date"]);

/**
 * Reads an OpenAPI document and compiles all of it once.
 *
 * @throws {Error} When a schema does not compile, or the dialect is not 2020-12: Prism would silently
 * validate less.
 */
export async function createPrism(document: OpenApiDocument): Promise<Prism> {
  const operations = await readPrismOperations(document);
  compileSchemas(document, operations, {
    request(resource, message) {
      validateInput({ resource, element: message });
      checkBody(message.body, resource.request?.body?.contents, message.headers, Input);
    },
    response(resource, { contents, headers }, message) {
      validateHeaders(message.headers, (headers ?? []) as HeaderSpecs, Output);
      checkBody(message.body, contents, message.headers, Output);
    },
  });
  return prismOf(readContract(document), operations);
}

/** Reads a document that is known to compile. Each schema compiles on first use: a third of the time to start. */
export async function createPrismOfTested(
  document: OpenApiDocument,
  contract: Contract = readContract(document),
): Promise<Prism> {
  return prismOf(contract, await readPrismOperations(document));
}

function prismOf(contract: Contract, operations: PrismOperation[]): Prism {
  const read = new Map(operations.map((one) => [`${one.method.toUpperCase()} ${one.path}`, one]));
  const prepared = new Map(
    contract.operations.map((operation) => {
      const found = read.get(`${operation.method} ${operation.path}`);
      if (!found) throw new Error(`Prism did not find the operation ${operation.id}`);
      return [operation, prepare(found)];
    }),
  );
  const partsOf = (operation: Operation) => prepared.get(operation) as Prepared;

  return {
    contract,
    route: routerOf(
      new Map([...prepared].map(([operation, { resource }]) => [operation, resource])),
    ),

    checkSecurity(operation, headers) {
      const element = { headers, url: { path: operation.path } };
      return violationsOf(validateSecurity({ resource: partsOf(operation).resource, element }));
    },

    checkRequest(operation, { path, query, headers, body }) {
      const { resource, requestHeaders } = partsOf(operation);
      const { request } = resource;
      const found: Violation[] = [
        ...textViolations("query", request?.query ?? [], query, acceptsText),
        ...textViolations("header", request?.headers ?? [], headers, acceptsText),
      ];
      if (found.length > 0) return found;
      if (request?.path?.length) {
        found.push(...violationsOf(validatePath(path, request.path, Input)));
      }
      // Prism iterates over all values for each documented parameter. Skip it if none is sent or
      // required.
      if (request?.query?.length && (hasAny(query) || request.query.some(isRequired))) {
        found.push(...violationsOf(validateQuery(query, request.query, Input)));
      }
      const sent = pick(headers, requestHeaders);
      if (request?.headers?.length && (hasAny(sent) || request.headers.some(isRequired))) {
        found.push(...violationsOf(validateHeaders(sent, request.headers, Input)));
      }
      if (request?.body && body) {
        found.push(...checkBody(body, request.body.contents, headers, Input));
      } else if (request?.body?.required) {
        const element = { method: resource.method as never, url: { path: resource.path }, body };
        const bodyAlone = { ...resource, request: { body: request.body } };
        found.push(...violationsOf(validateInput({ resource: bodyAlone, element })));
      }
      return found;
    },

    checkResponse(operation, { status, headers, body }) {
      const { resource, responses } = partsOf(operation);
      const response = responses.get(status);
      if (!response) {
        const element = { statusCode: status, headers, body };
        return violationsOf(validateOutput({ resource, element }));
      }
      const { contents = [] } = response;
      const type = headers["content-type"] ?? "";
      const found = checkBody(body, contents, headers, Output);
      if (!response.mediaTypes.has(type)) {
        const unknown = violationsOf(validateMediaType(contents as never, type));
        if (unknown.length === 0) response.mediaTypes.add(type);
        found.push(...unknown);
      }
      found.push(...violationsOf(validateHeaders(headers, response.headers, Output)));
      // Prism ignores undocumented headers.
      for (const name of Object.keys(headers)) {
        if (httpHeaders.has(name) || response.names.has(name)) continue;
        const message = `Header ${name} is not documented`;
        found.push({ path: ["header", name], keyword: "undocumented", message });
      }
      return found;
    },
  };
}

/** Checks a body against the schema of its media type, if that is documented. */
function checkBody(
  body: unknown,
  contents: PrismOperation["responses"][number]["contents"] = [],
  headers: Record<string, string>,
  context: typeof Input | typeof Output,
): Violation[] {
  const [content] = ofType(contents, headers);
  if (!content?.schema) return [];
  const result = validateAgainstSchema(body, content.schema as never, false, context, "body");
  return result._tag === "Some" ? violationsOf({ _tag: "Left", left: result.value }) : [];
}

/** Returns whether a parameter's schema accepts a text verbatim. */
function acceptsText({ schema }: { schema?: unknown }, text: string): boolean {
  return validateAgainstSchema(text, schema as never, false, Input)._tag === "None";
}

type Prepared = ReturnType<typeof prepare>;

/** Prepares lookups for every message. */
function prepare(resource: PrismOperation) {
  const { request, responses } = resource;
  return {
    resource,
    requestHeaders: request?.headers?.map(({ name }) => name.toLowerCase()) ?? [],
    responses: new Map(
      responses.map(({ code, contents, headers = [] }) => [
        Number(code),
        {
          contents,
          headers: headers as HeaderSpecs,
          names: new Set(headers.map(({ name }) => name.toLowerCase())),
          /** Media types known to be documented. */
          mediaTypes: new Set<string>(),
        },
      ]),
    ),
  };
}

/** Returns whether a parameter is checked even without a value. */
function isRequired({ required }: { required?: boolean }): boolean {
  return required === true;
}

function hasAny(values: object): boolean {
  for (const _ in values) return true;
  return false;
}

/** Returns the documented headers. */
function pick(headers: Record<string, string>, names: string[]): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = headers[name];
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}

/** Returns the content of the message's media type, so that Prism does not have to parse every type. */
function ofType<T extends { mediaType: string }>(
  contents: T[],
  { "content-type": contentType = "" }: Record<string, string>,
): T[] {
  const [essence = ""] = contentType.split(";", 1);
  const mediaType = essence.trim().toLowerCase();
  return contents.filter((content) => content.mediaType === mediaType);
}
