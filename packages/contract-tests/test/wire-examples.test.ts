import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createQualificationsClient } from "@partner-qualifications/client";
import { startMock } from "@partner-qualifications/mock";
import { expect, test } from "vitest";
import { parse } from "yaml";

// The odd answers and the refused requests of the contract, against the client and the mock.

const customerId = "11111111-2222-3333-4444-555555555555";
const resolve = createRequire(import.meta.url).resolve;
const examples = new URL(
  "../examples/",
  `file://${resolve("@partner-qualifications/spec/openapi.json")}`,
);

function read<T>(folder: string): [string, T][] {
  const directory = new URL(`${folder}/`, examples);
  return readdirSync(directory).map((file) => {
    const text = readFileSync(new URL(file, directory), "utf8");
    return [file.replace(".yaml", ""), parse(text) as T];
  });
}

interface Tolerance {
  operation: "listQualifications" | "requestQualification";
  answer: { status: number; headers?: Record<string, string>; body: string };
  read: unknown;
}

test.each(read<Tolerance>("tolerance"))("the client survives %s", async (_, example) => {
  const { status, headers = { "Content-Type": "application/json" }, body } = example.answer;
  const { qualifications } = createQualificationsClient({
    credential: "none",
    fetch: async () => new Response(body, { status, headers }),
  });
  const result =
    example.operation === "listQualifications"
      ? await qualifications.list(customerId)
      : await qualifications
          .request(customerId, { qualification: "Education", educationSegment: "K12" })
          .then(({ item }) => item);
  expect(result).toEqual(example.read);
});

interface Refused {
  before?: string[];
  request: { method: string; path: string; headers?: Record<string, string>; body?: string };
  answer: { status: number; body: object };
}

test.each(read<Refused>("refused"))(
  "the mock refuses %s",
  async (_, { before, request, answer }) => {
    await using mock = await startMock();
    const send = (body: string | undefined) =>
      fetch(mock.url + request.path, {
        method: request.method,
        headers: {
          Authorization: "Bearer any",
          "Content-Type": "application/json",
          ...request.headers,
        },
        ...(body !== undefined && { body }),
      });
    for (const body of before ?? []) expect((await send(body)).status).toBe(201);
    const response = await send(request.body);
    expect(response.status).toBe(answer.status);
    expect(await response.json()).toMatchObject(answer.body);
  },
);
