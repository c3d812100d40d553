import { schemasOf } from "@partner-qualifications/contract-suite";
import {
  type Contract,
  type Json,
  type Operation,
  type Parameter,
  type Schema,
  typesOf,
} from "@partner-qualifications/spec/model";
import { findOperation } from "./find-operation.ts";

/** A request as received. */
export interface SentRequest {
  method: string;
  url: URL;
  /** Names are in lower case. */
  headers: Record<string, string>;
  body: string;
}

/** Headers that the contract may omit, each with its origin. */
export const httpHeaders: Record<string, string> = {
  host: "HTTP: which server is meant",
  connection: "HTTP: what becomes of the connection",
  "content-length": "HTTP: where the body ends",
  "content-type": "HTTP: what the body is; the contract's media types are checked",
  accept: "HTTP: what may come back; the contract's media types are checked",
  "accept-encoding": "HTTP: how it may be packed",
  "accept-language": "The Fetch standard: any language",
  "user-agent": "HTTP: the program",
  "sec-fetch-mode": "The Fetch metadata standard",
  authorization: "OpenAPI: stands under security, never under parameters",
};

/** Returns the differences between a request and the contract. */
export function faultsOfRequest(contract: Contract, request: SentRequest): string[] {
  const { method, url } = request;
  const found = findOperation(contract.operations, method, url.pathname);
  if (!found) return [`${method} ${url.pathname} is no operation of the contract`];
  const { operation, values } = found;
  const check: Check = (schema, value) => {
    const why = schemasOf(contract).refusal(schema, value);
    return why === undefined ? [] : [why];
  };
  const faults = [
    ...faultsOfPath(operation, values, check),
    ...faultsOfQuery(operation, url.searchParams, check),
    ...faultsOfHeaders(operation, request.headers, check),
    ...faultsOfBody(operation, request, check),
  ];
  return faults.map((fault) => `${operation.id}: ${fault}`);
}

/** Returns why a schema rejects a value; empty if it accepts it. */
type Check = (schema: Schema, value: Json) => string[];

function faultsOfPath(
  operation: Operation,
  values: Record<string, string>,
  check: Check,
): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const parameter = named(operation, "path", name);
    if (!parameter) return [`the path's {${name}} is not documented`];
    return faultsOfValue(parameter, decodeURIComponent(value), check);
  });
}

function faultsOfQuery(operation: Operation, query: URLSearchParams, check: Check): string[] {
  const faults = [...query].flatMap(([name, value]) => {
    const parameter = named(operation, "query", name);
    return parameter
      ? faultsOfValue(parameter, value, check)
      : [`the query's ${name} is not documented`];
  });
  return [...faults, ...missing(operation, "query", (name) => query.has(name))];
}

function faultsOfHeaders(
  operation: Operation,
  headers: Record<string, string>,
  check: Check,
): string[] {
  const faults = Object.entries(headers).flatMap(([name, value]) => {
    if (name in httpHeaders) return [];
    const parameter = named(operation, "header", name);
    return parameter
      ? faultsOfValue(parameter, value, check)
      : [`the header ${name} is not documented`];
  });
  const accepts = headers.accept ?? "";
  const has = Object.values(operation.responses)
    .flatMap(({ content }) => Object.keys(content))
    .some((mediaType) => accepts.split(/[,; ]+/).includes(mediaType));
  if (!has) faults.push(`accept is "${accepts}", of which the contract has nothing`);
  return [...faults, ...missing(operation, "header", (name) => name.toLowerCase() in headers)];
}

function faultsOfBody(
  { body: documented }: Operation,
  request: SentRequest,
  check: Check,
): string[] {
  const { body, headers } = request;
  if (!documented) return body === "" ? [] : ["there is a body, and none is documented"];
  const [type = ""] = (headers["content-type"] ?? "").split(";");
  const media = documented.content[type];
  if (!media) return [`the body's media type "${type}" is not documented`];
  try {
    return check(media.schema, JSON.parse(body) as Json).map((fault) => `the body's ${fault}`);
  } catch {
    return ["the body is not JSON"];
  }
}

function named({ parameters }: Operation, part: string, name: string): Parameter | undefined {
  // Only header names are case-insensitive.
  const same = (other: string) =>
    part === "header" ? other.toLowerCase() === name.toLowerCase() : other === name;
  return parameters.find((parameter) => parameter.in === part && same(parameter.name));
}

function missing(operation: Operation, part: string, has: (name: string) => boolean): string[] {
  return operation.parameters
    .filter((parameter) => parameter.in === part && parameter.required && !has(parameter.name))
    .map(({ name }) => `${part} ${name} is missing`);
}

function faultsOfValue(
  { in: part, name, schema }: Parameter,
  text: string,
  check: Check,
): string[] {
  const types = typesOf(schema);
  const isJson = types.includes("integer") || types.includes("number") || types.includes("boolean");
  let value: Json = text;
  if (isJson) {
    try {
      value = JSON.parse(text) as Json;
    } catch {
      // Stays a string, which the schema rejects.
    }
  }
  return check(schema, value).map((fault) => `${part} ${name} "${text}": ${fault}`);
}
