import { expect, test } from "vitest";
import { FakeClock } from "../src/testing/index.ts";
import { customerId, failureOf, json, world } from "./world.ts";

// What became of a request whose answer was lost.

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

test("a lost answer whose repetition is taken was created", async () => {
  const { client, sent } = world([lost, taken]);
  expect(await client.qualifications.request(customerId, education)).toMatchObject({
    write: "created",
  });
  expect(sent).toHaveLength(2);
});

test("a lost answer whose repetition meets a conflict is found, if the item is of its time", async () => {
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

test("an item from before this request was there already", async () => {
  const old = item("InReview", { vettingCreateDate: "2026-01-05T08:00:00Z" });
  const { client } = world([lost, json({ code: "800002" }, 409), json([old], 200, now)]);
  expect(await client.qualifications.request(customerId, education)).toMatchObject({
    write: "alreadyPresent",
  });
});

test("what was there already can be followed to its end", async () => {
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

test("a denial from before is no sign of what became of a lost request", async () => {
  const old = item("Denied", { vettingCreateDate: "2026-01-04T09:00:00Z" });
  const { client } = world([lost, lost, lost, lost, json([old], 200, now)]);
  expect(await failureOf(client.qualifications.request(customerId, education))).toMatchObject({
    write: "unknown",
  });
});

test("a lost attempt is not forgotten over another refusal", async () => {
  const slow = json({}, 429, { "Retry-After": "3600" });
  const { client } = world([lost, slow, json([item("InReview")], 200, now)]);
  expect(await client.qualifications.request(customerId, education)).toMatchObject({
    write: "found",
  });
});

test("a good status whose body cannot be read was created all the same", async () => {
  const { client, sent } = world([new Response("{", { status: 201, headers: now })]);
  expect(await client.qualifications.request(customerId, education)).toMatchObject({
    write: "created",
    item: undefined,
  });
  expect(sent).toHaveLength(1);
});

test("nothing is looked for when nothing was sent", async () => {
  const { client, sent } = world([json([])], {
    credential: { getToken: () => new Promise(() => {}) },
    totalTimeoutMs: 20,
  });
  const error = await failureOf(client.qualifications.request(customerId, education));
  expect(error).toMatchObject({ kind: "timeout", write: undefined });
  expect(sent).toEqual([]);
});

test("a conflict under an identifier of the caller's own is still a conflict", async () => {
  const old = item("InReview", { vettingCreateDate: "2026-01-05T08:00:00Z" });
  const { client } = world([json({ code: "800002" }, 409), json([old], 200, now)]);
  const requestId = "037db222-6d8e-4d7f-ba78-df3dca33fb68";
  const error = await failureOf(
    client.qualifications.request(customerId, education, { requestId }),
  );
  expect(error).toMatchObject({ kind: "conflict", write: undefined });
});

test("a conflict at the first attempt is a conflict", async () => {
  const { client, sent } = world([json({ code: "800002" }, 409)]);
  const error = await failureOf(client.qualifications.request(customerId, education));
  expect(error).toMatchObject({ kind: "conflict", write: undefined });
  expect(sent).toHaveLength(1);
});

test.each([
  ["nothing is there", json([], 200, now)],
  ["looking fails too", json({}, 500)],
])("when all answers are lost and %s, the write is unknown", async (_, answer) => {
  const { client, sent } = world([lost, lost, lost, lost, answer]);
  const error = await failureOf(client.qualifications.request(customerId, education));
  expect(error).toMatchObject({ kind: "connection", write: "unknown", attempts: 4 });
  expect(error.requestId).toBe(sent[0]?.headers["ms-requestid"]);
});

test("the service's clock decides, not ours", async () => {
  // Ours is an hour ahead of the service's.
  const written = item("InReview", { vettingCreateDate: "2026-01-05T08:00:01Z" });
  const headers = { Date: "Mon, 05 Jan 2026 08:00:01 GMT" };
  const { client } = world([lost, json({}, 409), json([written], 200, headers)]);
  expect(await client.qualifications.request(customerId, education)).toMatchObject({
    write: "found",
  });
});

test("finds what the call that it continues has done", async () => {
  const { client, clock, sent } = world([json({}, 409), json([item("InReview")], 200, now)]);
  const requestId = "037db222-6d8e-4d7f-ba78-df3dca33fb68";
  const continuation = { requestId, sentAt: clock.now() };
  const vetting = await client.qualifications.request(customerId, education, continuation);
  expect(vetting.write).toBe("found");
  expect(sent[0]?.headers["ms-requestid"]).toBe(requestId);
});

test("does not take another's request for its own after a 409", async () => {
  const { client, sent } = world([json({}, 409), json([item("InReview")], 200, now)]);
  const requestId = "037db222-6d8e-4d7f-ba78-df3dca33fb68";
  const requested = client.qualifications.request(customerId, education, { requestId });
  expect(await failureOf(requested)).toMatchObject({ kind: "conflict", write: undefined });
  expect(sent).toHaveLength(1);
});

test("a request that was aborted on its way is unknown, and nothing more is sent", async () => {
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

const never = () => new Promise<Response>(() => {});

test("whoever aborts while it is looked for is told that the write is not known", async () => {
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

test("a request that was only throttled before it was aborted was not written", async () => {
  const controller = new AbortController();
  const { client, sent } = world([json({}, 429, { "Retry-After": "5" })], {
    hooks: { wait: () => controller.abort() },
  });
  const { signal } = controller;
  const error = await failureOf(client.qualifications.request(customerId, education, { signal }));
  expect(error).toMatchObject({ kind: "aborted", write: undefined });
  expect(sent).toHaveLength(1);
});

test("a request that is aborted just before it is sent is not sent", async () => {
  const controller = new AbortController();
  const { client, sent } = world([taken], { hooks: { attemptStart: () => controller.abort() } });
  const { signal } = controller;
  const error = await failureOf(client.qualifications.request(customerId, education, { signal }));
  expect(error).toMatchObject({ kind: "aborted", write: undefined, attempts: 0 });
  expect(sent).toEqual([]);
});

test("a redirection that a browser hides, with the status 0, is not a request that was taken", async () => {
  const { client, sent } = world([Response.error()]);
  const error = await failureOf(client.qualifications.request(customerId, education));
  expect(error).toMatchObject({ kind: "unexpectedResponse", status: 0, write: undefined });
  expect(sent).toHaveLength(1);
});

test("a lost attempt is not forgotten when no other token is to be had", async () => {
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

test("a request that is refused with 401 was not written, although its next token never comes", async () => {
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

test("an item without a date is found, and not claimed", async () => {
  const { client } = world([lost, json({}, 409), json([{ qualification: "Education" }], 200, now)]);
  expect(await client.qualifications.request(customerId, education)).toMatchObject({
    write: "found",
  });
});

test("all items of a kind are looked at, not the first", async () => {
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

test.each([-14, -1, 0, 1, 14])(
  "a service whose clock is %i minutes off is not told that it had the item before",
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

test("a good status whose body is too large to be read was created all the same", async () => {
  const { client } = world([new Response("a".repeat(2 ** 24 + 1), { status: 201, headers: now })]);
  expect(await client.qualifications.request(customerId, education)).toMatchObject({
    write: "created",
    item: undefined,
  });
});
