import { findOperation } from "./find-operation.ts";
import type { Operation, Parameter } from "./read-operations.ts";

/** A request as it came over the wire. */
export interface SentRequest {
  method: string;
  url: URL;
  /** Names are in lower case. */
  headers: Record<string, string>;
  body: string;
}

/** Headers that the contract does not have to name, each with what puts it there. */
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

/** What a request has that the contract does not, or the other way round. */
export function faultsOfRequest(operations: Operation[], request: SentRequest): string[] {
  const { method, url } = request;
  const found = findOperation(operations, method, url.pathname);
  if (!found) return [`${method} ${url.pathname} is no operation of the contract`];
  const { operation, values } = found;
  const faults = [
    ...faultsOfPath(operation, values),
    ...faultsOfQuery(operation, url.searchParams),
    ...faultsOfHeaders(operation, request.headers),
    ...faultsOfBody(operation, request),
  ];
  return faults.map((fault) => `${operation.operationId}: ${fault}`);
}

function faultsOfPath(operation: Operation, values: Record<string, string>): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const parameter = named(operation, "path", name);
    if (!parameter) return [`the path's {${name}} is not documented`];
    return faultsOfValue(parameter, decodeURIComponent(value));
  });
}

function faultsOfQuery(operation: Operation, query: URLSearchParams): string[] {
  const faults = [...query].flatMap(([name, value]) => {
    const parameter = named(operation, "query", name);
    return parameter ? faultsOfValue(parameter, value) : [`the query's ${name} is not documented`];
  });
  return [...faults, ...missing(operation, "query", (name) => query.has(name))];
}

function faultsOfHeaders(operation: Operation, headers: Record<string, string>): string[] {
  const faults = Object.entries(headers).flatMap(([name, value]) => {
    if (name in httpHeaders) return [];
    const parameter = named(operation, "header", name);
    return parameter ? faultsOfValue(parameter, value) : [`the header ${name} is not documented`];
  });
  const accepts = headers.accept ?? "";
  const has = operation.answers.some(({ mediaType }) =>
    accepts.split(/[,; ]+/).includes(mediaType),
  );
  if (!has) faults.push(`accept is "${accepts}", of which the contract has nothing`);
  return [...faults, ...missing(operation, "header", (name) => name.toLowerCase() in headers)];
}

function faultsOfBody({ body: documented }: Operation, request: SentRequest): string[] {
  const { body, headers } = request;
  if (!documented) return body === "" ? [] : ["there is a body, and none is documented"];
  const [type = ""] = (headers["content-type"] ?? "").split(";");
  const media = documented[type];
  if (!media) return [`the body's media type "${type}" is not documented`];
  try {
    return media.check(JSON.parse(body)).map((fault) => `the body's ${fault}`);
  } catch {
    return ["the body is not JSON"];
  }
}

function named({ parameters }: Operation, part: string, name: string): Parameter | undefined {
  // Only the names of headers have no case.
  const same = (other: string) =>
    part === "header" ? other.toLowerCase() === name.toLowerCase() : other === name;
  return parameters.find((parameter) => parameter.in === part && same(parameter.name));
}

function missing(operation: Operation, part: string, has: (name: string) => boolean): string[] {
  return operation.parameters
    .filter((parameter) => parameter.in === part && parameter.required && !has(parameter.name))
    .map(({ name }) => `${part} ${name} is missing`);
}

function faultsOfValue({ in: part, name, types, check }: Parameter, text: string): string[] {
  const isJson = types.includes("integer") || types.includes("number") || types.includes("boolean");
  let value: unknown = text;
  if (isJson) {
    try {
      value = JSON.parse(text);
    } catch {
      // Stays a text, which the schema refuses.
    }
  }
  return check(value).map((fault) => `${part} ${name} "${text}": ${fault}`);
}
