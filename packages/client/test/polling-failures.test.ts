import { describe, expect, test } from "vitest";
import type { PollOptions, Progress } from "../src/index.ts";
import { customerId, failureOf, json, world } from "./world.ts";

// Polling takes days: only a final failure ends it.

const education = { qualification: "Education", educationSegment: "K12" } as const;
const item = (vettingStatus: string) => ({
  qualification: "Education",
  vettingStatus,
  vettingCreateDate: "2026-01-05T09:00:00Z",
});
const approved = () => json([item("Approved")]);
const minute = 60_000;

/** Polls a vetting with `answers` as responses, and a credential that may fail. */
async function poll(
  answers: (Response | Error | (() => Response))[],
  options: PollOptions = {},
  credential: () => string = () => "canary-token",
) {
  const { client, clock, sent } = world([json(item("InReview"), 201), ...answers], {
    credential: () => (sent.length === 0 ? "canary-token" : credential()),
  });
  const vetting = await client.qualifications.request(customerId, education);
  const began = clock.now();
  const seen: Progress[] = [];
  const done = vetting.pollUntilDone({
    ...options,
    onProgress: (progress) => void seen.push(progress),
  });
  return { done, seen, sent, lasted: () => clock.now() - began };
}

/** Fails the first `times` calls. */
function failing(times: number, failure: () => unknown) {
  let calls = 0;
  return () => {
    if (calls++ < times) throw failure();
    return "canary-token";
  };
}

describe("polling continues after", () => {
  test.each<[string, () => unknown]>([
    ["EAI_AGAIN", () => Object.assign(new Error("getaddrinfo EAI_AGAIN"), { code: "EAI_AGAIN" })],
    ["fetch failed", () => new TypeError("fetch failed")],
    ["another library's error", () => Object.assign(new Error("?"), { name: "RestError" })],
    ["something that is not an error", () => "down"],
    ["nothing at all", () => undefined],
  ])("a credential that fails with %s", async (_, failure) => {
    const { done, seen } = await poll([approved()], {}, failing(5, failure));
    expect(await done).toMatchObject({ status: "Approved" });
    expect(seen.map(({ error }) => error?.kind)).toEqual([
      ...Array.from({ length: 5 }, () => "authentication"),
      undefined,
    ]);
  });

  test.each([400, 401, 404, 409, 410, 429])("three responses with %i", async (status) => {
    const refusal = () => json({ code: 1, description: "Not yet" }, status);
    const { done, seen } = await poll([refusal(), refusal(), refusal(), refusal(), approved()]);
    expect(await done).toMatchObject({ status: "Approved" });
    const failed = seen.filter(({ error }) => error !== undefined);
    expect(failed.length).toBeGreaterThan(0);
    for (const { error, nextMs, outcome } of failed) {
      expect(error).toMatchObject({ status, description: "Not yet" });
      expect(nextMs).toBeGreaterThan(0);
      expect(outcome).toBeUndefined();
    }
  });

  test("a response that is not a list", async () => {
    const page = new Response("<h1>Sign in</h1>", { headers: { "content-type": "text/html" } });
    const { done, seen } = await poll([page, approved()]);
    expect(await done).toMatchObject({ status: "Approved" });
    expect(seen[0]?.error).toMatchObject({ kind: "unexpectedResponse" });
  });

  test("ninety seconds of 404 right after the request", async () => {
    const { done, lasted } = await poll([json({}, 404), json({}, 404), approved()]);
    expect(await done).toMatchObject({ status: "Approved" });
    expect(lasted()).toBeGreaterThan(90_000);
  });
});

describe("polling ends at once with", () => {
  test("a 403", async () => {
    const { done, sent } = await poll([json({ code: 20002 }, 403), approved()]);
    expect(await failureOf(done)).toMatchObject({ kind: "permission", code: "20002" });
    expect(sent).toHaveLength(2);
  });

  test.each<[string, object]>([
    ["@azure/identity, which needs a user", { name: "AuthenticationRequiredError" }],
    ["@azure/identity, refused by Entra", { errorResponse: { error: "invalid_grant" } }],
    ["MSAL", { errorCode: "interaction_required" }],
    ["openid-client", { error: "consent_required" }],
    ["our own credentials", { retryable: false }],
  ])("a refusal that only a person can resolve, thrown by %s", async (_, members) => {
    const refusal = () => Object.assign(new Error("AADSTS50076: MFA"), members);
    const { done, seen } = await poll([approved()], {}, failing(1, refusal));
    expect(await failureOf(done)).toMatchObject({
      kind: "authentication",
      message: expect.stringContaining("AADSTS50076"),
    });
    expect(seen).toEqual([]);
  });
});

const lost = () => json({}, 404);

describe("the same doubtful failure ends polling after", () => {
  test.each<[string, PollOptions, number]>([
    ["four hours", {}, 4 * 60 * minute],
    ["patienceMs", { patienceMs: 10 * minute }, 10 * minute],
  ])("%s", async (_, options, patience) => {
    const { done, seen, lasted } = await poll([json({ description: "Who?" }, 404)], options);
    expect(await failureOf(done)).toMatchObject({ kind: "notFound", description: "Who?" });
    expect(lasted()).toBeGreaterThanOrEqual(patience);
    // Every failure but the last is reported.
    expect(seen.every(({ error }) => error?.status === 404)).toBe(true);
  });

  test.each([
    ["exactly patienceMs", 60 * minute],
    ["five polls at least", 1],
  ])("%s", async (_, patienceMs) => {
    const interval = { initialMs: 15 * minute, factor: 1 };
    const { done, sent, lasted } = await poll([lost()], { patienceMs, interval });
    expect(await failureOf(done)).toMatchObject({ kind: "notFound" });
    expect(lasted()).toBe(60 * minute);
    // The request and its polls.
    expect(sent).toHaveLength(1 + 5);
  });

  test.each([400, 401, 404, 409])("patienceMs, for a %i", async (status) => {
    const { done } = await poll([json({}, status)], { patienceMs: minute });
    expect(await failureOf(done)).toMatchObject({ status });
  });

  test("but another failure in between restarts the time", async () => {
    const interval = { initialMs: 4 * minute, factor: 1 };
    const answers = [lost(), lost(), json([]), lost(), lost(), json([]), lost(), approved()];
    const { done } = await poll(answers, { patienceMs: 5 * minute, interval });
    expect(await done).toMatchObject({ status: "Approved" });
  });

  test.each(["EAI_AGAIN", "ENOTFOUND", "ECONNREFUSED", "ETIMEDOUT"])(
    "but a credential without a network (%s) never ends it",
    async (code) => {
      const interval = { initialMs: 60 * minute, factor: 1 };
      const down = failing(100, () => new TypeError("fetch failed", { cause: { code } }));
      const { done } = await poll([approved()], { patienceMs: minute, interval }, down);
      expect(await done).toMatchObject({ status: "Approved" });
    },
  );

  test("but a temporary failure of a credential never ends it", async () => {
    const down = failing(100, () => Object.assign(new Error("busy"), { retryable: true }));
    const { done } = await poll([approved()], { patienceMs: minute }, down);
    expect(await done).toMatchObject({ status: "Approved" });
  });

  test("but a lost connection, a 408 or a 5xx never ends it", async () => {
    const day = 24 * 60 * minute;
    const interval = { initialMs: day, factor: 1, maxMs: day };
    // The client sends each poll up to four times.
    const down = [new TypeError("reset"), json({}, 408), json({}, 503)].flatMap((failure) =>
      Array.from({ length: 6 * 4 }, () => failure),
    );
    const { done, lasted } = await poll([...down, approved()], { patienceMs: minute, interval });
    expect(await done).toMatchObject({ status: "Approved" });
    expect(lasted()).toBeGreaterThan(3 * 5 * day);
  });
});

test.each([0, -1, Number.NaN, "4h"])("rejects patienceMs: %j", async (patienceMs) => {
  const { done } = await poll([approved()], { patienceMs: patienceMs as number });
  expect(await failureOf(done)).toMatchObject({ kind: "invalidRequest", argument: "patienceMs" });
});
