import { ContractError } from "./contract-error.ts";
import type { Example, Header, Media, Operation, Parameter, Response, Retry } from "./operation.ts";
import type { References } from "./references.ts";
import { asSchema, groundsOf, isObject, type Json, type JsonObject } from "./schema.ts";
import type { SecurityScheme } from "./security.ts";

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/**
 * Reads all operations, in the order of the document.
 *
 * @throws {ContractError} When two operations share an id, or a path lacks a parameter.
 */
export function readOperations(
  references: References,
  schemes: Record<string, SecurityScheme>,
): Operation[] {
  const reader = new OperationReader(references, schemes);
  const operations = Object.entries(references.root.paths as JsonObject).flatMap(([path, node]) => {
    const item = references.follow(node);
    return methods
      .filter((method) => method in item)
      .map((method) => reader.read(path, method, item));
  });
  const ids = operations.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new ContractError(`two operations have the id ${twice}`);
  return operations;
}

class OperationReader {
  readonly #references: References;
  readonly #schemes: Record<string, SecurityScheme>;
  /** Operations share most of their parameters, headers and responses. */
  readonly #known = new WeakMap<JsonObject, unknown>();

  constructor(references: References, schemes: Record<string, SecurityScheme>) {
    this.#references = references;
    this.#schemes = schemes;
  }

  read(path: string, method: string, item: JsonObject): Operation {
    const node = this.#follow(item[method]);
    const id = typeof node.operationId === "string" ? node.operationId : `${method} ${path}`;
    const parameters = this.#parameters([item.parameters, node.parameters]);
    for (const [, name] of path.matchAll(/\{([^}]+)\}/g)) {
      if (!parameters.some((parameter) => parameter.in === "path" && parameter.name === name)) {
        throw new ContractError(`${id} has no parameter for {${name}} in its path`);
      }
    }
    const security = this.#security(node.security ?? this.#references.root.security);
    const body = node.requestBody && this.#follow(node.requestBody);
    const retry = node["x-retry"] && this.#follow(node["x-retry"]);
    const { header } = this.#follow(node["x-idempotency"]);
    return {
      id,
      method: method.toUpperCase(),
      path,
      tag: Array.isArray(node.tags) ? String(node.tags[0] ?? "") : "",
      summary: String(node.summary ?? ""),
      description: String(node.description ?? ""),
      deprecated: node.deprecated === true,
      ...(typeof node["x-sunset"] === "string" && { sunset: node["x-sunset"] }),
      parameters,
      ...(body && {
        body: {
          required: body.required === true,
          description: String(body.description ?? ""),
          content: this.#content(body),
          ...groundsOf(body),
        },
      }),
      responses: this.#each(node.responses, (_, response) =>
        this.#once(response, () => this.#response(response)),
      ),
      security,
      needsUser:
        security.some(({ kind }) => kind === "user") &&
        security.every(({ kind }) => kind !== "application"),
      ...(retry && { retry: readRetry(retry) }),
      ...(typeof header === "string" && { idempotencyHeader: header }),
      ...groundsOf(node),
    };
  }

  #follow(node: Json | undefined): JsonObject {
    return this.#references.follow(node);
  }

  #each<T>(node: Json | undefined, read: (name: string, node: JsonObject) => T): Record<string, T> {
    const entries = Object.entries(this.#follow(node));
    return Object.fromEntries(entries.map(([name, one]) => [name, read(name, this.#follow(one))]));
  }

  #once<T>(node: JsonObject, read: () => T): T {
    if (!this.#known.has(node)) this.#known.set(node, read());
    return this.#known.get(node) as T;
  }

  /** Returns the operation's parameters, and those of the path that they do not replace. */
  #parameters(lists: (Json | undefined)[]): Parameter[] {
    const all = new Map<string, Parameter>();
    for (const one of lists.flatMap((list) => (Array.isArray(list) ? list : []))) {
      const node = this.#follow(one);
      const name = String(node.name);
      const place = node.in;
      if (place !== "path" && place !== "query" && place !== "header") continue;
      // Accept, Content-Type and Authorization are not parameters (OpenAPI 3.1, 4.8.12.2.1).
      if (/^(accept|content-type|authorization)$/i.test(name) && place === "header") continue;
      all.set(`${place} ${name.toLowerCase()}`, { ...this.#header(name, node), in: place });
    }
    return [...all.values()];
  }

  #header(name: string, node: JsonObject): Header {
    return {
      name,
      required: node.required === true,
      description: String(node.description ?? ""),
      schema: asSchema(node.schema),
      examples: this.#examples(node),
      ...groundsOf(node),
    };
  }

  #response(node: JsonObject): Response {
    return {
      description: String(node.description ?? ""),
      headers: this.#each(node.headers, (name, header) => this.#header(name, header)),
      content: this.#content(node),
      ...groundsOf(node),
    };
  }

  #content({ content }: JsonObject): Record<string, Media> {
    return this.#each(content, (_, media) => ({
      schema: asSchema(media.schema),
      examples: this.#examples(media),
    }));
  }

  #examples({ example, examples }: JsonObject): Record<string, Example> {
    const read: Record<string, Example> = {};
    if (example !== undefined) read.example = { value: example };
    for (const [name, one] of Object.entries(isObject(examples) ? examples : {})) {
      const { value, summary, description } = this.#follow(one);
      if (value === undefined) continue;
      read[name] = { value };
      if (typeof summary === "string") read[name].summary = summary;
      if (typeof description === "string") read[name].description = description;
    }
    return read;
  }

  #security(node: Json | undefined): SecurityScheme[] {
    const requirements = Array.isArray(node) ? node : [];
    return requirements.flatMap((requirement) =>
      Object.keys(asSchema(requirement)).map((name) => {
        const scheme = this.#schemes[name];
        if (!scheme) throw new ContractError(`#/components/securitySchemes/${name} does not exist`);
        return scheme;
      }),
    );
  }
}

function readRetry({ statuses, noAnswer, maxAttempts, backoff }: JsonObject): Retry {
  const { initial, max, factor } = asSchema(backoff);
  return {
    statuses: Array.isArray(statuses) ? statuses.map(Number) : [],
    noAnswer: noAnswer === true,
    maxAttempts: Number(maxAttempts),
    initialMs: milliseconds(String(initial)),
    maxMs: milliseconds(String(max)),
    factor: Number(factor),
  };
}

/** @param duration An ISO 8601 duration of minutes and seconds, which is enough for retry delays. */
function milliseconds(duration: string): number {
  const [, minutes = 0, seconds = 0] = /^PT(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(duration) ?? [];
  const result = (Number(minutes) * 60 + Number(seconds)) * 1000;
  if (!(result > 0)) throw new ContractError(`Cannot read the duration ${duration}`);
  return result;
}
