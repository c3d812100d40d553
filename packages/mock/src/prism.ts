import { createRequire } from "node:module";
import { compileSchemas } from "./compile-schemas.ts";
import { type Contract, withExactMessages } from "./contract.ts";
import { type Route, routerOf } from "./router.ts";
import { shareEqualParts } from "./share-equal-parts.ts";

// The one door to Prism: its router and its validators, without its server (which never answers a
// body that is not JSON) and without its client (which takes three times as long to import).

// It is CommonJS, and what a default export of that looks like depends on who loads it.
const require = createRequire(import.meta.url);
const { getHttpOperationsFromSpec } =
  require("@stoplight/prism-http/dist/utils/operations.js") as typeof import("@stoplight/prism-http/dist/utils/operations.js");
const { validateInput, validateOutput, validateSecurity } =
  require("@stoplight/prism-http/dist/validator/index.js") as typeof import("@stoplight/prism-http/dist/validator/index.js");
export type Operation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number];

/** A request as Prism looks at it. Header names are lower-case. */
export interface PrismRequest {
  method: string;
  path: string;
  query: Record<string, string | string[]>;
  headers: Record<string, string>;
  body: unknown;
}

export interface PrismResponse {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/** Something that breaks the contract. */
export interface Violation {
  /** Where: the part of the message, then the members, for instance `["body", "website"]`. */
  path: string[];
  /** The JSON Schema keyword that was broken, or `415` for the media type. */
  keyword: string;
  message: string;
}

export interface Prism {
  operations: readonly Operation[];
  route(method: string, path: string): Route;
  checkSecurity(operation: Operation, request: PrismRequest): Violation[];
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
  // Prism writes into the document that it is given.
  const read = await getHttpOperationsFromSpec(structuredClone(withExactMessages(contract)));
  const operations = shareEqualParts(read);
  compileSchemas(contract, operations, {
    request: (resource, message) => void validateInput({ resource, element: message }),
    response: (resource, message) => void validateOutput({ resource, element: message }),
  });
  const route = routerOf(operations);
  const requestHeaders = new Map(
    operations.map((operation) => [operation, requestHeadersOf(operation)]),
  );

  return {
    operations,
    route,

    checkSecurity(operation, request) {
      return violations(validateSecurity({ resource: operation, element: element(request) }));
    },

    checkRequest(operation, request) {
      // Prism goes through all headers once for each that is documented.
      const headers: Record<string, string> = {};
      for (const name of requestHeaders.get(operation) ?? []) {
        const value = request.headers[name];
        if (value !== undefined) headers[name] = value;
      }
      const seen = element({ ...request, headers });
      return violations(validateInput({ resource: operation, element: seen }));
    },

    checkResponse(operation, { status, headers, body }) {
      const found = violations(
        validateOutput({ resource: operation, element: { statusCode: status, headers, body } }),
      );
      // Prism does not look at headers that nobody documented.
      const response = operation.responses.find(({ code }) => code === String(status));
      const documented = response?.headers?.map(({ name }) => name.toLowerCase()) ?? [];
      for (const name of response ? Object.keys(headers) : []) {
        if (httpHeaders.has(name) || documented.includes(name)) continue;
        found.push({
          path: ["header", name],
          keyword: "undocumented",
          message: `Header ${name} is not documented`,
        });
      }
      return found;
    },
  };
}

/** Those that Prism looks at. */
function requestHeadersOf({ request }: Operation): string[] {
  const documented = request?.headers?.map(({ name }) => name.toLowerCase()) ?? [];
  return [...documented, "content-type", "content-length"];
}

function element({ method, path, query, headers, body }: PrismRequest) {
  return { method: method.toLowerCase() as never, url: { path, query }, headers, body };
}

type Checked = { _tag: "Right" } | Extract<ReturnType<typeof validateInput>, { _tag: "Left" }>;

function violations(result: Checked): Violation[] {
  if (result._tag === "Right") return [];
  return (
    result.left
      .map(({ path = [], code = "", message }) => ({
        path: path.map(String),
        keyword: String(code),
        message,
      }))
      // `if` says once more, and of the whole body, what its `then` has said of the place.
      .filter(({ keyword }) => keyword !== "if")
  );
}
