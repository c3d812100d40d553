import { afterEach, describe, expect, test, vi } from "vitest";
import { createQualificationsClient } from "../src/index.ts";
import { createNodeFetch } from "../src/node/index.ts";
import { createFakeClient } from "../src/testing/index.ts";
import { customerId, failureOf, json } from "./world.ts";

// Incomplete runtimes and mistakes in code: each is reported as what it is.

afterEach(() => {
  vi.unstubAllGlobals();
});

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test("generates identifiers without crypto.randomUUID", async () => {
  vi.stubGlobal("crypto", {
    getRandomValues: (bytes: Uint8Array) =>
      bytes.map((_, index) => (index * 37 + ids.length) % 256),
  });
  const ids: string[] = [];
  const client = createQualificationsClient({
    credential: "none",
    fetch: async (_, { headers }) => {
      const { "ms-requestid": id, "ms-correlationid": other } = headers as Record<string, string>;
      ids.push(id!, other!);
      return json([]);
    },
  });
  await client.qualifications.list(customerId);
  await client.qualifications.list(customerId);
  expect(ids).toHaveLength(4);
  for (const id of ids) expect(id).toMatch(guid);
  expect(ids[0]).not.toBe(ids[2]);
});

describe("throws a programming mistake once, unchanged:", () => {
  const mistakes: [string, () => unknown][] = [
    ["a fetch that is not a function", () => (undefined as unknown as () => void)()],
    ["a member of undefined", () => (undefined as unknown as { member: number }).member],
    ["a name that does not exist", () => new Function("return nowhere")()],
    ["a method that does not exist", () => ({}) as never as { request(): void }],
  ];
  test.each(mistakes)("%s", async (name, mistake) => {
    let calls = 0;
    const client = createQualificationsClient({
      credential: () => "token",
      fetch: async () => {
        calls++;
        const value = mistake();
        if (name.includes("method")) (value as { request(): void }).request();
        throw new Error("not reached");
      },
    });
    const error = await failureOf(client.qualifications.list(customerId));
    expect(error).not.toHaveProperty("kind");
    expect(error.constructor.name).toMatch(/^(TypeError|ReferenceError)$/);
    expect(calls).toBe(1);
  });

  test("a mistake thrown synchronously", async () => {
    let calls = 0;
    const client = createQualificationsClient({
      credential: () => "token",
      fetch: () => {
        calls++;
        throw new RangeError("mine");
      },
    });
    expect(await failureOf(client.qualifications.list(customerId))).toMatchObject({
      message: "mine",
    });
    expect(calls).toBe(1);
  });

  test("but retries a lost connection that resembles one", async () => {
    let calls = 0;
    const client = createQualificationsClient({
      credential: () => "token",
      fetch: async () => {
        if (calls++ === 0) throw new TypeError("fetch failed", { cause: { code: "ECONNRESET" } });
        return json([]);
      },
      runtime: { now: Date.now, random: () => 0, uuid: () => customerId, sleep: async () => {} },
    });
    expect(await client.qualifications.list(customerId)).toEqual([]);
    expect(calls).toBe(2);
  });
});

test("rejects a runtime with an incomplete undici at creation", async () => {
  const undici = await import("undici");
  const { prototype } = undici.Agent;
  const parent = Object.getPrototypeOf(prototype) as object;
  try {
    // As on Bun, which replaces undici with its own module.
    Object.setPrototypeOf(prototype, null);
    expect(() => createNodeFetch()).toThrow(/Omit the fetch option/);
  } finally {
    Object.setPrototypeOf(prototype, parent);
  }
});

describe("the fake client", () => {
  test.each(["Response", "Headers"])("reports a missing %s at creation", (name) => {
    // As in jsdom, which has neither.
    vi.stubGlobal(name, undefined);
    expect(() => createFakeClient()).toThrow(new RegExp(name));
  });
});
