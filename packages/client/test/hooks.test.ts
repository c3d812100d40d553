import { inspect } from "node:util";
import { expect, onTestFinished, test, vi } from "vitest";
import { debugLogger, type Hooks } from "../src/index.ts";
import { customerId, failureOf, json, world } from "./world.ts";

function recorder() {
  const events: [string, Record<string, unknown>][] = [];
  const record = (name: string) => (event: object) => void events.push([name, { ...event }]);
  const hooks: Hooks = Object.fromEntries(
    ["callStart", "attemptStart", "attemptEnd", "wait", "callEnd"].map((name) => [
      name,
      record(name),
    ]),
  );
  return { events, hooks };
}

test("hooks are told of the call, its attempts and its waits, in order", async () => {
  const { events, hooks } = recorder();
  const { client } = world([json({}, 503, { "MS-CV": "cv" }), json([])], { hooks });
  await client.qualifications.list(customerId);
  expect(events.map(([name]) => name)).toEqual([
    "callStart",
    "attemptStart",
    "attemptEnd",
    "wait",
    "attemptStart",
    "attemptEnd",
    "callEnd",
  ]);
  expect(events[2]?.[1]).toMatchObject({
    operation: "listQualifications",
    method: "GET",
    url: `https://partner-center.example/v1/customers/${customerId}/qualifications`,
    attempt: 1,
    status: 503,
    headers: { "ms-cv": "cv" },
  });
  expect(events[3]?.[1]).toMatchObject({ attempt: 1, waitMs: 250 });
  expect(events[6]?.[1]).toMatchObject({ status: 200, attempts: 2, durationMs: 250 });
});

test("hooks are told of a failure", async () => {
  const { events, hooks } = recorder();
  const { client } = world([new TypeError("reset")], { hooks, retry: { maxAttempts: 1 } });
  await failureOf(client.qualifications.list(customerId));
  expect(events.at(-1)?.[1]).toMatchObject({ status: undefined, error: { kind: "connection" } });
});

test("a hook that returns a promise is not waited for", async () => {
  const { client } = world([json([])], {
    hooks: { attemptStart: () => new Promise(() => {}), callEnd: () => new Promise(() => {}) },
  });
  expect(await client.qualifications.list(customerId)).toEqual([]);
});

const moments = ["callStart", "attemptStart", "attemptEnd", "wait", "callEnd"] as const;
test.each(moments.flatMap((name) => [[name, "throws"] as const, [name, "rejects"] as const]))(
  "a hook %s that %s changes nothing, and is told on the console",
  async (name, how) => {
    const told = vi.spyOn(console, "error").mockImplementation(() => {});
    onTestFinished(() => told.mockRestore());
    const failure = new RangeError(name);
    const hook = () => {
      if (how === "throws") throw failure;
      return Promise.reject(failure);
    };
    const { client } = world([json({}, 503), json({ qualification: "StateOwnedEntity" }, 201)], {
      hooks: { [name]: hook },
    });
    const vetting = await client.qualifications.request(customerId, {
      qualification: "StateOwnedEntity",
    });
    expect(vetting.write).toBe("created");
    await expect.poll(() => told.mock.calls).toContainEqual([`The hook ${name} failed:`, failure]);
  },
);

test("neither hooks nor the debug log show a token, a body or a validation code", async () => {
  const { events, hooks } = recorder();
  const lines: string[] = [];
  const log = debugLogger((line) => lines.push(line));
  const both: Hooks = {
    ...hooks,
    attemptEnd: async (event) => {
      await hooks.attemptEnd?.(event);
      await log.attemptEnd?.(event);
    },
  };
  const answer = json({ qualification: "GovernmentCommunityCloud" }, 201, {
    "Set-Cookie": "canary-cookie",
  });
  const { client } = world([answer], { hooks: both });
  await client.qualifications.request(customerId, {
    qualification: "GovernmentCommunityCloud",
    validationCode: "canary-code",
  });
  expect(lines).toHaveLength(1);
  expect(inspect([events, lines], { depth: 9 })).not.toContain("canary");
});
