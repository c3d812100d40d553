import { ContractError } from "../errors.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";
import type { DocumentedResponse, Media, Operation, Parameter, Place } from "./operation.ts";
import { asSchema } from "./schema.ts";

type Follow = (node: Json | undefined) => JsonObject;

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** @throws {ContractError} When two operations have one name, or a path has no parameter for a part. */
export function readOperations(root: JsonObject, follow: Follow): Operation[] {
  const operations = Object.entries(root.paths as JsonObject).flatMap(([path, node]) => {
    const item = follow(node);
    return methods
      .filter((method) => method in item)
      .map((method) => readOperation(root, path, method, item, follow));
  });
  const ids = operations.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new ContractError(`two operations are called ${twice}`);
  return operations;
}

function readOperation(
  root: JsonObject,
  path: string,
  method: string,
  item: JsonObject,
  follow: Follow,
): Operation {
  const node = follow(item[method]);
  const id = typeof node.operationId === "string" ? node.operationId : `${method} ${path}`;
  const parameters = readParameters([item.parameters, node.parameters], follow);
  for (const [, name] of path.matchAll(/\{([^}]+)\}/g)) {
    if (!parameters.some((parameter) => parameter.in === "path" && parameter.name === name)) {
      throw new ContractError(`${id} has no parameter for {${name}} of its path`);
    }
  }
  const body = node.requestBody && follow(node.requestBody);
  const idempotency = follow(node["x-idempotency"]).header;
  const security = (node.security ?? root.security ?? []) as JsonObject[];
  return {
    id,
    method: method.toUpperCase(),
    path,
    parameters,
    ...(body && { body: { required: body.required === true, content: readContent(body, follow) } }),
    responses: Object.fromEntries(
      Object.entries(follow(node.responses)).map(([status, response]) => [
        status,
        readResponse(follow(response), follow),
      ]),
    ),
    security: security.flatMap((scheme) => Object.keys(scheme)),
    ...(typeof idempotency === "string" && { idempotencyHeader: idempotency }),
  };
}

/** Those of the path, and in place of them or beside them those of the operation. */
function readParameters(lists: (Json | undefined)[], follow: Follow): Parameter[] {
  const all = new Map<string, Parameter>();
  for (const node of lists.flatMap((list) => (Array.isArray(list) ? list : []))) {
    const { name, in: place, required, schema, ...rest } = follow(node);
    // Accept, Content-Type and Authorization are no parameters (OpenAPI 3.1, 4.8.12.2.1).
    if (/^(accept|content-type|authorization)$/i.test(String(name)) && place === "header") continue;
    if (!["path", "query", "header"].includes(String(place))) continue;
    all.set(`${String(place)} ${String(name).toLowerCase()}`, {
      name: String(name),
      in: place as Place,
      required: required === true,
      schema: asSchema(schema),
      examples: readExamples(rest, follow),
    });
  }
  return [...all.values()];
}

function readResponse(node: JsonObject, follow: Follow): DocumentedResponse {
  const headers = Object.entries(follow(node.headers)).map(([name, header]) => {
    const { required, schema } = follow(header);
    return [name, { required: required === true, schema: asSchema(schema) }] as const;
  });
  return { headers: Object.fromEntries(headers), content: readContent(node, follow) };
}

function readContent({ content }: JsonObject, follow: Follow): Record<string, Media> {
  return Object.fromEntries(
    Object.entries(follow(content)).map(([type, node]) => {
      const media = follow(node);
      return [type, { schema: asSchema(media.schema), examples: readExamples(media, follow) }];
    }),
  );
}

function readExamples({ example, examples }: JsonObject, follow: Follow): JsonObject {
  const named = isObject(examples) ? Object.entries(examples) : [];
  return {
    ...(example !== undefined && { example }),
    ...Object.fromEntries(
      named
        .map(([name, node]) => [name, follow(node).value] as const)
        .filter((entry): entry is [string, Json] => entry[1] !== undefined),
    ),
  };
}
