// The operations as collections for Postman and Bruno, with the address and the token as variables.

import type { Contract, Operation } from "@partner-qualifications/spec/model";
import { defaults } from "../address.ts";
import { sampleRequest, type SampleRequest } from "./request-samples.ts";

const name = "Partner Center qualifications";
/** Sent with each write; both tools make a new one for each request. */
const requestId = "{{$guid}}";

function grouped<Item>(contract: Contract, item: (operation: Operation) => Item) {
  return contract.tags.map((tag) => ({
    name: tag.name,
    items: contract.operations.filter((one) => one.tag === tag.name).map(item),
  }));
}

function sent({ bodies, parameters }: SampleRequest, operation: Operation) {
  return {
    path: parameters.filter((one) => one.in === "path"),
    query: parameters.filter((one) => one.in === "query"),
    body: bodies[0]?.text,
    isWrite: operation.method !== "GET",
  };
}

/** Returns a Postman collection, version 2.1 of its format. */
export function postmanCollection(contract: Contract): object {
  const item = (operation: Operation) => {
    const request = sampleRequest(operation, contract);
    const { path, query, body, isWrite } = sent(request, operation);
    const segments = request.path.replaceAll(/\{(\w+)\}/g, ":$1").slice(1);
    const asked = query.filter(({ required }) => required);
    const search = asked.map((one) => `${one.name}=${encodeURIComponent(one.value)}`).join("&");
    return {
      name: operation.summary,
      request: {
        method: operation.method,
        description: operation.description,
        header: [
          { key: "Accept", value: "application/json" },
          ...(isWrite ? [{ key: "MS-RequestId", value: requestId }] : []),
          ...(body ? [{ key: "Content-Type", value: "application/json" }] : []),
        ],
        url: {
          raw: `{{baseUrl}}/${segments}${search && `?${search}`}`,
          host: ["{{baseUrl}}"],
          path: segments.split("/"),
          query: query.map((one) => ({ key: one.name, value: one.value, disabled: !one.required })),
          variable: path.map((one) => ({ key: one.name, value: one.value })),
        },
        ...(body && { body: { mode: "raw", raw: body, options: { raw: { language: "json" } } } }),
      },
    };
  };
  return {
    info: {
      name,
      version: contract.version,
      schema: "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
    },
    auth: { type: "bearer", bearer: [{ key: "token", value: "{{token}}", type: "string" }] },
    variable: [
      { key: "baseUrl", value: defaults.mock },
      { key: "token", value: "any-token" },
    ],
    item: grouped(contract, item).map(({ name: folder, items }) => ({ name: folder, item: items })),
  };
}

function enabled(key: string, value: string) {
  return { name: key, value, enabled: true };
}

/** Returns a Bruno collection in the form that Bruno exports and imports as one file. */
export function brunoCollection(contract: Contract): object {
  const item = (operation: Operation, seq: number) => {
    const request = sampleRequest(operation, contract);
    const { path, query, body, isWrite } = sent(request, operation);
    const params = [...path, ...query].map((one) => ({
      name: one.name,
      value: one.value,
      type: one.in,
      enabled: one.required,
    }));
    return {
      type: "http",
      name: operation.summary.replaceAll(/[^\w' ()-]/g, ""),
      seq,
      request: {
        url: `{{baseUrl}}${request.path.replaceAll(/\{(\w+)\}/g, ":$1")}`,
        method: operation.method,
        headers: [
          enabled("Accept", "application/json"),
          ...(isWrite ? [enabled("MS-RequestId", requestId)] : []),
        ],
        params,
        body: body ? { mode: "json", json: body } : { mode: "none" },
        auth: { mode: "bearer", bearer: { token: "{{token}}" } },
      },
    };
  };
  return {
    name,
    version: "1",
    items: grouped(contract, (operation) => operation).map(({ name: folder, items }) => ({
      type: "folder",
      name: folder,
      items: items.map((operation, index) => item(operation, index + 1)),
    })),
    environments: [
      {
        name: "Mock",
        variables: [enabled("baseUrl", defaults.mock), enabled("token", "any-token")],
      },
    ],
  };
}
