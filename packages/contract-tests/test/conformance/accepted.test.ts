import { startMock } from "@partner-qualifications/mock";
import type { Operation, Parameter } from "@partner-qualifications/spec/model";
import { expect, test } from "vitest";
import { operations } from "./documented-answers.ts";
import { exampleOf } from "./http-call.ts";
import { acceptedExamples } from "./wire-examples.ts";

// Tools such as Postman send the contract's examples verbatim, so a fresh mock must accept each of them.
// Invalid requests are in the contract's `examples/refused/`.

interface Sample {
  operation: Operation;
  body?: unknown;
  parameters: Parameter[];
}

const samples = operations.flatMap((operation): [string, Sample][] => {
  const bodies: [string, unknown][] = operation.body
    ? Object.values(operation.body.content).flatMap(({ examples }) =>
        Object.entries(examples).map(([name, { value }]): [string, unknown] => [name, value]),
      )
    : [["without a body", undefined]];
  const required = operation.parameters.filter((one) => one.required);
  const optional = operation.parameters.filter((one) => !one.required);
  const { id } = operation;
  const asTheyAre = bodies.flatMap(([name, body]): [string, Sample][] => [
    [`${id} ${name}`, { operation, body, parameters: required }],
    [`${id} ${name} with every parameter`, { operation, body, parameters: operation.parameters }],
  ]);
  const body = bodies[0]?.[1];
  const withOne = optional.map((one): [string, Sample] => [
    `${id} with ${one.name}`,
    { operation, body, parameters: required.concat(one) },
  ]);
  return asTheyAre.concat(withOne);
});

test.each(samples)("accepts the example of %s", async (_, { operation, body, parameters }) => {
  await using mock = await startMock();
  const texts = (place: Parameter["in"]) =>
    parameters
      .filter((one) => one.in === place)
      .map((one): [string, string] => [one.name, String(exampleOf(one))]);
  const path = texts("path").reduce(
    (text, [name, value]) => text.replace(`{${name}}`, encodeURIComponent(value)),
    operation.path,
  );
  const query = new URLSearchParams(texts("query")).toString();
  const response = await fetch(`${mock.url}${path}${query && `?${query}`}`, {
    method: operation.method,
    headers: {
      Authorization: "Bearer any",
      ...Object.fromEntries(texts("header")),
      ...(body !== undefined && { "Content-Type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  expect([response.ok, await response.text()]).toEqual([true, expect.anything()]);
});

test.each(acceptedExamples)("accepts the complete request %s", async (_, { request, answer }) => {
  await using mock = await startMock();
  const response = await fetch(mock.url + request.path, {
    method: request.method,
    headers: { Authorization: "Bearer any", "Content-Type": "application/json" },
    ...(request.body !== undefined && { body: request.body }),
  });
  expect(response.status).toBe(answer.status);
  expect({ body: await response.json() }).toMatchObject({ body: answer.body });
});
