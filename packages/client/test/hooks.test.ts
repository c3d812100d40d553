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

test("calls hooks for the call, its attempts and waits, in order", async () => {
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

test("calls hooks with a failure", async () => {
  const { events, hooks } = recorder();
  const { client } = world([new TypeError("reset")], { hooks, retry: { maxAttempts: 1 } });
  await failureOf(client.qualifications.list(customerId));
  expect(events.at(-1)?.[1]).toMatchObject({ status: undefined, error: { kind: "connection" } });
});

test("does not wait for a hook's promise", async () => {
  const { client } = world([json([])], {
    hooks: { attemptStart: () => new Promise(() => {}), callEnd: () => new Promise(() => {}) },
  });
  expect(await client.qualifications.list(customerId)).toEqual([]);
});

test("calls every set of hooks", async () => {
  const first = recorder();
  const second = recorder();
  const { client } = world([json([])], { hooks: [first.hooks, second.hooks] });
  await client.qualifications.list(customerId);
  expect(first.events).toHaveLength(4);
  expect(second.events).toEqual(first.events);
});

test("shows hooks the headers about MFA and the end of an operation", async () => {
  const { events, hooks } = recorder();
  const headers = {
    isMfaCompliant: "false",
    Deprecation: "@1688169599",
    Sunset: "Sun, 28 Feb 2021 00:00:00 GMT",
  };
  const { client } = world([json([], 200, headers)], { hooks });
  await client.qualifications.list(customerId);
  expect(events[2]?.[1]).toMatchObject({
    headers: {
      ismfacompliant: "false",
      deprecation: "@1688169599",
      sunset: "Sun, 28 Feb 2021 00:00:00 GMT",
    },
  });
});

test("warns once about each deprecated operation", async () => {
  const messages: string[] = [];
  const { client } = world([json("education")], {
    hooks: { warning: ({ operation, message }) => void messages.push(`${operation}: ${message}`) },
  });
  const url = `${client.baseUrl}/v1/customers/${customerId}/qualification`;
  for (const method of ["GET", "GET", "PUT", "PUT"]) await client.fetch(url, { method });
  await client.qualifications.list(customerId).catch(() => {});
  expect(messages).toEqual(
    ["getQualification", "setQualification"].map(
      (operation) =>
        `${operation}: The contract marks ${operation} as deprecated, with an end on 2021-02-28. The service may stop supporting it.`,
    ),
  );
});

test.each([
  [
    { attemptEnded: () => {} },
    "hooks.attemptEnded is unknown; did you mean attemptEnd? Valid names are",
  ],
  [[{}, { onWait: () => {} }], "hooks.onWait is unknown; did you mean wait? Valid names are"],
  [["callStart"], "hooks must be an object with functions, or a list of such objects"],
  [{ callEnd: "x" }, "hooks.callEnd must be a function"],
])("rejects the hooks %o", (hooks, message) => {
  expect(() => world([], { hooks: hooks as Hooks })).toThrow(message);
});

test("accepts hooks with additional members", async () => {
  class Spans implements Hooks {
    readonly attempts = new Map<string, number>();
    attemptStart({ requestId, attempt }: { requestId: string; attempt: number }) {
      this.attempts.set(requestId, attempt);
    }
  }
  const spans = new Spans();
  const { client } = world([json([])], { hooks: spans });
  await client.qualifications.list(customerId);
  expect([...spans.attempts.values()]).toEqual([1]);
});

const moments = ["callStart", "attemptStart", "attemptEnd", "wait", "callEnd"] as const;
test.each(moments.flatMap((name) => [[name, "throws"] as const, [name, "rejects"] as const]))(
  "logs a hook %s that %s and changes nothing",
  async (name, how) => {
    const reported = vi.spyOn(console, "error").mockImplementation(() => {});
    onTestFinished(() => reported.mockRestore());
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
    await expect
      .poll(() => reported.mock.calls)
      .toContainEqual([`The hook ${name} failed:`, failure]);
  },
);

test("shows hooks and the debug log no token, body or validation code", async () => {
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
