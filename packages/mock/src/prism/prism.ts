import { createRequire } from "node:module";
import { compileSchemas } from "./compile-schemas.ts";
import { type Contract, withExactMessages } from "./contract.ts";
import { hasAny, isRequired, ofType, pick } from "./prism-message.ts";
import { type Operation, readOperations } from "./prism-operations.ts";
import { type Route, routerOf } from "./router.ts";
import { shareEqualParts } from "./share-equal-parts.ts";
import { textViolations } from "./text-violations.ts";
import { type Violation, violationsOf } from "./violations.ts";

// The one door to Prism: its router and its validators, without its server (which never answers a
// body that is not JSON) and without its client (which takes three times as long to import).

// It is CommonJS, and what a default export of that looks like depends on who loads it.
const require = createRequire(import.meta.url);
const { validateInput, validateMediaType, validateOutput, validateSecurity } =
  require("@stoplight/prism-http/dist/validator/index.js") as typeof import("@stoplight/prism-http/dist/validator/index.js");
// What `validateInput` and `validateOutput` are made of. Those two find their parts anew for each
// message, which takes them as long as the checking.
const { validateHeaders, validatePath, validateQuery } =
  require("@stoplight/prism-http/dist/validator/validators/index.js") as typeof import("@stoplight/prism-http/dist/validator/validators/index.js");
const { validateAgainstSchema } =
  require("@stoplight/prism-http/dist/validator/validators/utils.js") as typeof import("@stoplight/prism-http/dist/validator/validators/utils.js");
const { Input, Output } = (
  require("@stoplight/prism-http/dist/validator/validators/types.js") as typeof import("@stoplight/prism-http/dist/validator/validators/types.js")
).ValidationContext;

type HeaderSpecs = Parameters<typeof validateHeaders>[1];

/** A request as Prism looks at it. Header names are in lower case. */
export interface PrismRequest {
  /** The parameters of the path, decoded. */
  path: Record<string, string>;
  query: Record<string, string | string[]>;
  headers: Record<string, string>;
  /** Undefined when there is none. Its media type is one that the operation takes. */
  body: unknown;
}

export interface PrismResponse {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

export interface Prism {
  operations: readonly Operation[];
  /** Where a method and a path lead. */
  route(method: string, path: string): Route;
  /** Whether there is a token of the kind that the operation wants. */
  checkSecurity(operation: Operation, headers: Record<string, string>): Violation[];
  checkRequest(operation: Operation, request: PrismRequest): Violation[];
  checkResponse(operation: Operation, response: PrismResponse): Violation[];
}

/** Headers that belong to HTTP itself and are not the contract's business. */
const httpHeaders = new Set(["allow", "connection", "content-length", "content-type", "date"]);

/**
 * Reads a contract, and compiles all of it once.
 *
 * @throws {Error} When one of its schemas does not compile, or it has another dialect than 2020-12:
 *   Prism would check less, and not say so.
 */
export async function createPrism(contract: Contract): Promise<Prism> {
  const operations = shareEqualParts(await readOperations(withExactMessages(contract)));
  compileSchemas(contract, operations, {
    request(resource, message) {
      validateInput({ resource, element: message });
      checkBody(message.body, resource.request?.body?.contents, message.headers, Input);
    },
    response(resource, { contents, headers }, message) {
      validateHeaders(message.headers, (headers ?? []) as HeaderSpecs, Output);
      checkBody(message.body, contents, message.headers, Output);
    },
  });
  const parts = new Map(operations.map((operation) => [operation, partsOf(operation)]));

  return {
    operations,
    route: routerOf(operations),

    checkSecurity(operation, headers) {
      const element = { headers, url: { path: operation.path } };
      return violationsOf(validateSecurity({ resource: operation, element }));
    },

    checkRequest(operation, { path, query, headers, body }) {
      const { request } = operation;
      const found: Violation[] = [
        ...textViolations("query", request?.query ?? [], query, acceptsText),
        ...textViolations("header", request?.headers ?? [], headers, acceptsText),
      ];
      if (found.length > 0) return found;
      if (request?.path?.length) {
        found.push(...violationsOf(validatePath(path, request.path, Input)));
      }
      // Where nothing is sent and nothing required, there is nothing to look at.
      if (request?.query?.length && (hasAny(query) || request.query.some(isRequired))) {
        found.push(...violationsOf(validateQuery(query, request.query, Input)));
      }
      const sent = pick(headers, parts.get(operation)?.requestHeaders ?? []);
      if (request?.headers?.length && (hasAny(sent) || request.headers.some(isRequired))) {
        found.push(...violationsOf(validateHeaders(sent, request.headers, Input)));
      }
      if (request?.body && body) {
        found.push(...checkBody(body, request.body.contents, headers, Input));
      } else if (request?.body?.required) {
        const element = { method: operation.method as never, url: { path: operation.path }, body };
        const resource = { ...operation, request: { body: request.body } };
        found.push(...violationsOf(validateInput({ resource, element })));
      }
      return found;
    },

    checkResponse(operation, { status, headers, body }) {
      const response = parts.get(operation)?.responses.get(status);
      if (!response) {
        const element = { statusCode: status, headers, body };
        return violationsOf(validateOutput({ resource: operation, element }));
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
      // Prism does not look at headers that nobody documented.
      for (const name of Object.keys(headers)) {
        if (httpHeaders.has(name) || response.names.has(name)) continue;
        const message = `Header ${name} is not documented`;
        found.push({ path: ["header", name], keyword: "undocumented", message });
      }
      return found;
    },
  };
}

/** Checks a body against the schema of its type, if it has one that is documented. */
function checkBody(
  body: unknown,
  contents: Operation["responses"][number]["contents"] = [],
  headers: Record<string, string>,
  context: typeof Input | typeof Output,
): Violation[] {
  const [content] = ofType(contents, headers);
  if (!content?.schema) return [];
  const result = validateAgainstSchema(body, content.schema as never, false, context, "body");
  return result._tag === "Some" ? violationsOf({ _tag: "Left", left: result.value }) : [];
}

/** Whether a parameter's schema accepts a text as it is. */
function acceptsText({ schema }: { schema?: unknown }, text: string): boolean {
  return validateAgainstSchema(text, schema as never, false, Input)._tag === "None";
}

/** What is looked up for every message. */
function partsOf({ request, responses }: Operation) {
  return {
    requestHeaders: request?.headers?.map(({ name }) => name.toLowerCase()) ?? [],
    responses: new Map(
      responses.map(({ code, contents, headers = [] }) => [
        Number(code),
        {
          contents,
          headers: headers as HeaderSpecs,
          names: new Set(headers.map(({ name }) => name.toLowerCase())),
          /** Those that were found to be documented. */
          mediaTypes: new Set<string>(),
        },
      ]),
    ),
  };
}
