import { createQualificationsClient } from "@partner-qualifications/client";
import { createHttpClient } from "@partner-qualifications/client/http";
import { createNodeFetch } from "@partner-qualifications/client/node";
import { describe, expect, test } from "vitest";
import { answeringServer, type RawAnswer } from "./answering-server.ts";
import { answersOf, operations } from "./documented-answers.ts";
import { domainMethods } from "./domain-methods.ts";
import { errorClassOf, expectedWords } from "./expected-error.ts";
import { httpCall } from "./http-call.ts";
import { transports } from "./recorded-world.ts";
import { steadyRuntime } from "./steady-runtime.ts";
import { toleranceExamples } from "./wire-examples.ts";

// Reads every example of a response in the contract, including the unusual ones, with the client.

const school = "11111111-2222-3333-4444-555555555555";

const examples = operations.flatMap((operation) =>
  answersOf(operation).flatMap(({ status, mediaType, examples: all }) =>
    Object.entries(all).map(([name, value]) => ({
      operation,
      id: operation.id,
      status,
      mediaType,
      name,
      value,
    })),
  ),
);

describe.each(transports)("over %s", (transport) => {
  test.each(examples)("$id $status $mediaType $name", async ({ operation, value, ...example }) => {
    const { status, mediaType } = example;
    const body = mediaType === "application/json" ? JSON.stringify(value) : String(value);
    const charset = mediaType === "application/json" ? "; charset=utf-8" : "";
    await using it = await answered(transport, {
      status,
      headers: { "Content-Type": mediaType + charset },
      body,
    });
    const { data, error, response } = await httpCall(it, operation);
    expect(response.status).toBe(status);
    expect(status < 300 ? data : error).toEqual(value);

    for (const method of methodsFor(operation.id)) {
      const result = await method.call(it.client, school).catch((reason: unknown) => reason);
      // A page with a next link, which leads to the same page here.
      if (isFirstPage(value)) expectText(result, "the same page twice");
      else if (status < 300) expectValue(result, method.value([value]));
      else expectError(result, { status, ...expectedWords(body) });
    }
  });

  test.each(toleranceExamples)(
    "accepts %s in the client",
    async (_, { operation, answer, read }) => {
      await using it = await answered(transport, {
        headers: { "Content-Type": "application/json" },
        ...answer,
      });
      const [method] = methodsFor(operation);
      expect(await method?.call(it.client, school)).toEqual(read);
    },
  );
});

function methodsFor(operationId: string) {
  return Object.values(domainMethods).filter((method) => method.operationId === operationId);
}

function expectError(result: unknown, reported: { status: number }): void {
  expect(result).toBeInstanceOf(errorClassOf(reported.status));
  expect(result).toMatchObject(reported);
}

function expectValue(result: unknown, value: unknown): void {
  expect(result).toEqual(value);
}

function expectText(result: unknown, text: string): void {
  expect(String(result)).toContain(text);
}

function isFirstPage(value: unknown): boolean {
  return Boolean((value as { links?: { next?: object } } | null)?.links?.next);
}

/** A client of a server with a single response. */
async function answered(transport: (typeof transports)[number], answer: RawAnswer) {
  const server = await answeringServer(answer);
  const nodeFetch = transport === "node fetch" ? createNodeFetch() : undefined;
  const client = createQualificationsClient({
    baseUrl: server.url,
    credential: "none",
    runtime: steadyRuntime(),
    ...(nodeFetch && { fetch: nodeFetch }),
  });
  return {
    client,
    http: createHttpClient(client),
    async [Symbol.asyncDispose]() {
      await nodeFetch?.close();
      await server[Symbol.asyncDispose]();
    },
  };
}
