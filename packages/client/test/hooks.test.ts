import { inspect } from "node:util";
import { expect, test } from "vitest";
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

test("a hook that returns a promise is waited for", async () => {
  const order: string[] = [];
  const { client } = world([() => (order.push("sent"), json([]))], {
    hooks: {
      async attemptStart() {
        await new Promise((resolve) => setTimeout(resolve, 5));
        order.push("hook");
      },
    },
  });
  await client.qualifications.list(customerId);
  expect(order).toEqual(["hook", "sent"]);
});

test("a hook that throws ends the call with its error", async () => {
  for (const name of ["callStart", "attemptStart", "attemptEnd", "callEnd"] as const) {
    const fail = async () => {
      throw new RangeError(name);
    };
    const { client } = world([json([])], { hooks: { [name]: fail } });
    expect(await failureOf(client.qualifications.list(customerId))).toEqual(new RangeError(name));
  }
});

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
