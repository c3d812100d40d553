import { describe, expect, test } from "vitest";
import { FakeClock } from "../src/testing/index.ts";
import { customerId, failureOf, json, world } from "./world.ts";

// The outcome of a request with a lost response.

const date = "2026-01-05T09:00:00Z";
const item = (vettingStatus: string | undefined, more = {}) => ({
  qualification: "Education",
  ...(vettingStatus && { vettingStatus, vettingCreateDate: date }),
  ...more,
});
const taken = json(item("InReview"), 201, { Date: "Mon, 05 Jan 2026 09:00:00 GMT" });
const education = { qualification: "Education", educationSegment: "K12" } as const;

const lost = new TypeError("reset");
const now = { Date: "Mon, 05 Jan 2026 09:00:00 GMT" };

const never = () => new Promise<Response>(() => {});

describe("a lost response", () => {
  test("returns created when a repetition after a lost response is accepted", async () => {
    const { client, sent } = world([lost, taken]);
    expect(await client.qualifications.request(customerId, education)).toMatchObject({
      write: "created",
    });
    expect(sent).toHaveLength(2);
  });

  test("finds a lost request by its item when the repetition conflicts", async () => {
    const { client } = world([
      lost,
      json({ code: "800002" }, 409),
      json([item("InReview")], 200, now),
    ]);
    expect(await client.qualifications.request(customerId, education)).toMatchObject({
      write: "found",
      item: item("InReview"),
    });
  });

  test("reports an earlier item as already present", async () => {
    const old = item("InReview", { vettingCreateDate: "2026-01-05T08:00:00Z" });
    const { client } = world([lost, json({ code: "800002" }, 409), json([old], 200, now)]);
    expect(await client.qualifications.request(customerId, education)).toMatchObject({
      write: "alreadyPresent",
    });
  });

  test("polls an already present item to its end", async () => {
    const at = { vettingCreateDate: "2026-01-05T08:00:00Z" };
    const { client } = world([
      lost,
      json({ code: "800002" }, 409),
      json([item("InReview", at)], 200, now),
      json([item("InReview", at)]),
      json([item("Approved", at)]),
    ]);
    const vetting = await client.qualifications.request(customerId, education);
    expect(vetting.write).toBe("alreadyPresent");
    expect(await vetting.pollUntilDone()).toMatchObject({ status: "Approved" });
  });

  test("ignores an earlier denial of a lost request", async () => {
    const old = item("Denied", { vettingCreateDate: "2026-01-04T09:00:00Z" });
    const { client } = world([lost, lost, lost, lost, json([old], 200, now)]);
    expect(await failureOf(client.qualifications.request(customerId, education))).toMatchObject({
      write: "unknown",
    });
  });

  test("remembers a lost attempt through another refusal", async () => {
    const slow = json({}, 429, { "Retry-After": "3600" });
    const { client } = world([lost, slow, json([item("InReview")], 200, now)]);
    expect(await client.qualifications.request(customerId, education)).toMatchObject({
      write: "found",
    });
  });

  test("finds the request of the continued call", async () => {
    const { client, clock, sent } = world([json({}, 409), json([item("InReview")], 200, now)]);
    const requestId = "037db222-6d8e-4d7f-ba78-df3dca33fb68";
    const continuation = { requestId, sentAt: clock.now() };
    const vetting = await client.qualifications.request(customerId, education, continuation);
    expect(vetting.write).toBe("found");
    expect(sent[0]?.headers["ms-requestid"]).toBe(requestId);
  });

  test("remembers a lost attempt when no other token is available", async () => {
    const refused = json({}, 401);
    const found = world([lost, refused, json([item("InReview")], 200, now)]);
    expect(await found.client.qualifications.request(customerId, education)).toMatchObject({
      write: "found",
    });
    const { client } = world([lost, refused]);
    expect(await failureOf(client.qualifications.request(customerId, education))).toMatchObject({
      kind: "authentication",
      write: "unknown",
      attempts: 2,
    });
  });

  test.each([
    ["the list is empty", json([], 200, now)],
    ["the list fails too", json({}, 500)],
  ])("throws an unknown write if all responses are lost and %s", async (_, answer) => {
    const { client, sent } = world([lost, lost, lost, lost, answer]);
    const error = await failureOf(client.qualifications.request(customerId, education));
    expect(error).toMatchObject({ kind: "connection", write: "unknown", attempts: 4 });
    expect(error.requestId).toBe(sent[0]?.headers["ms-requestid"]);
  });
});

describe("the dates of listed items", () => {
  test("compares dates by the service's clock", async () => {
    // The client's clock is an hour ahead of the service's.
    const written = item("InReview", { vettingCreateDate: "2026-01-05T08:00:01Z" });
    const headers = { Date: "Mon, 05 Jan 2026 08:00:01 GMT" };
    const { client } = world([lost, json({}, 409), json([written], 200, headers)]);
    expect(await client.qualifications.request(customerId, education)).toMatchObject({
      write: "found",
    });
  });

  test.each([-14, -1, 0, 1, 14])(
    "claims no earlier item when the service's clock is %i minutes off",
    async (minutes) => {
      const clock = new FakeClock(new Date("2026-01-05T09:00:11Z"));
      const written = item("InReview", {
        vettingCreateDate: new Date(clock.now() + minutes * 60_000).toISOString(),
      });
      const gateway = { Date: new Date(clock.now() - minutes * 60_000).toUTCString() };
      for (const headers of [gateway, {}]) {
        const { client } = world([lost, json({}, 409), json([written], 200, headers)], {
          runtime: clock,
        });
        expect(await client.qualifications.request(customerId, education)).toMatchObject({
          write: "found",
        });
      }
    },
  );

  test("finds an item without a date, but does not claim it", async () => {
    const { client } = world([
      lost,
      json({}, 409),
      json([{ qualification: "Education" }], 200, now),
    ]);
    expect(await client.qualifications.request(customerId, education)).toMatchObject({
      write: "found",
    });
  });

  test("checks all items of a kind, not only the first", async () => {
    const old = item("Denied", { vettingCreateDate: "2025-06-04T09:00:00Z" });
    for (const list of [
      [old, item("InReview")],
      [item("InReview"), old],
    ]) {
      const { client } = world([lost, json({}, 409), json(list, 200, now)]);
      expect(await client.qualifications.request(customerId, education)).toMatchObject({
        write: "found",
        item: item("InReview"),
      });
    }
  });
});

describe("a conflict", () => {
  test("throws a conflict under the caller's own identifier", async () => {
    const old = item("InReview", { vettingCreateDate: "2026-01-05T08:00:00Z" });
    const { client } = world([json({ code: "800002" }, 409), json([old], 200, now)]);
    const requestId = "037db222-6d8e-4d7f-ba78-df3dca33fb68";
    const error = await failureOf(
      client.qualifications.request(customerId, education, { requestId }),
    );
    expect(error).toMatchObject({ kind: "conflict", write: undefined });
  });

  test("throws a conflict at the first attempt", async () => {
    const { client, sent } = world([json({ code: "800002" }, 409)]);
    const error = await failureOf(client.qualifications.request(customerId, education));
    expect(error).toMatchObject({ kind: "conflict", write: undefined });
    expect(sent).toHaveLength(1);
  });

  test("does not claim another caller's request after a 409", async () => {
    const { client, sent } = world([json({}, 409), json([item("InReview")], 200, now)]);
    const requestId = "037db222-6d8e-4d7f-ba78-df3dca33fb68";
    const requested = client.qualifications.request(customerId, education, { requestId });
    expect(await failureOf(requested)).toMatchObject({ kind: "conflict", write: undefined });
    expect(sent).toHaveLength(1);
  });
});

describe("an aborted or unsent request", () => {
  test("reads nothing if nothing was sent", async () => {
    const { client, sent } = world([json([])], {
      credential: { getToken: () => new Promise(() => {}) },
      totalTimeoutMs: 20,
    });
    const error = await failureOf(client.qualifications.request(customerId, education));
    expect(error).toMatchObject({ kind: "timeout", write: undefined });
    expect(sent).toEqual([]);
  });

  test("throws an unknown write, and sends nothing more, when aborted in transit", async () => {
    const controller = new AbortController();
    const { client, sent } = world([
      () => {
        controller.abort();
        return new Promise<Response>(() => {});
      },
    ]);
    const { signal } = controller;
    const error = await failureOf(client.qualifications.request(customerId, education, { signal }));
    expect(error).toMatchObject({ kind: "aborted", write: "unknown" });
    expect(sent).toHaveLength(1);
  });

  test("throws an unknown write when aborted while looking for the request", async () => {
    const controller = new AbortController();
    const look = () => (controller.abort(new Error("enough")), never());
    const { client, sent } = world([lost, lost, lost, lost, look]);
    const { signal } = controller;
    const error = await failureOf(client.qualifications.request(customerId, education, { signal }));
    expect(error).toMatchObject({
      kind: "aborted",
      write: "unknown",
      original: { message: "enough" },
    });
    expect(error.requestId).toBe(sent[0]?.headers["ms-requestid"]);
  });

  test("reports no write after a throttled and aborted request", async () => {
    const controller = new AbortController();
    const { client, sent } = world([json({}, 429, { "Retry-After": "5" })], {
      hooks: { wait: () => controller.abort() },
    });
    const { signal } = controller;
    const error = await failureOf(client.qualifications.request(customerId, education, { signal }));
    expect(error).toMatchObject({ kind: "aborted", write: undefined });
    expect(sent).toHaveLength(1);
  });

  test("sends nothing when aborted just before sending", async () => {
    const controller = new AbortController();
    const { client, sent } = world([taken], { hooks: { attemptStart: () => controller.abort() } });
    const { signal } = controller;
    const error = await failureOf(client.qualifications.request(customerId, education, { signal }));
    expect(error).toMatchObject({ kind: "aborted", write: undefined, attempts: 0 });
    expect(sent).toEqual([]);
  });

  test("reports no write after a 401, even if the next token never arrives", async () => {
    const { client, sent } = world([json({}, 401)], {
      credential: {
        getToken: (_, { forceRefresh }) =>
          forceRefresh ? new Promise(() => {}) : Promise.resolve({ token: "old" }),
      },
      totalTimeoutMs: 50,
    });
    expect(await failureOf(client.qualifications.request(customerId, education))).toMatchObject({
      kind: "authentication",
      status: 401,
      message: expect.stringMatching(/No token within \d+ ms$/),
      write: undefined,
    });
    expect(sent).toHaveLength(1);
  });
});

describe("an unreadable success", () => {
  test("returns created for an unreadable body of a success", async () => {
    const { client, sent } = world([new Response("{", { status: 201, headers: now })]);
    expect(await client.qualifications.request(customerId, education)).toMatchObject({
      write: "created",
      item: undefined,
    });
    expect(sent).toHaveLength(1);
  });

  test("returns created for a success with an oversized body", async () => {
    const { client } = world([
      new Response("a".repeat(2 ** 24 + 1), { status: 201, headers: now }),
    ]);
    expect(await client.qualifications.request(customerId, education)).toMatchObject({
      write: "created",
      item: undefined,
    });
  });

  test("does not count a browser's opaque redirect (status 0) as accepted", async () => {
    const { client, sent } = world([Response.error()]);
    const error = await failureOf(client.qualifications.request(customerId, education));
    expect(error).toMatchObject({ kind: "unexpectedResponse", status: 0, write: undefined });
    expect(sent).toHaveLength(1);
  });
});
