import { expect, test } from "vitest";
import { InvalidRequestError } from "../src/index.ts";
import { customerId, failureOf, json, world } from "./world.ts";

const date = "2026-01-05T09:00:00Z";
const item = (vettingStatus: string | undefined, more = {}) => ({
  qualification: "Education",
  ...(vettingStatus && { vettingStatus, vettingCreateDate: date }),
  ...more,
});
const taken = json(item("InReview"), 201, { Date: "Mon, 05 Jan 2026 09:00:00 GMT" });
const education = { qualification: "Education", educationSegment: "K12" } as const;

async function ask(answers: Parameters<typeof world>[0]) {
  const it = world([taken, ...answers]);
  return { ...it, vetting: await it.client.qualifications.request(customerId, education) };
}

test("a vetting is followed to its approval", async () => {
  const { vetting, sent } = await ask([json([item("InReview")]), json([item("Approved")])]);
  expect(vetting.write).toBe("created");
  expect(vetting.item).toEqual(item("InReview"));
  expect(await vetting.pollUntilDone()).toEqual({ status: "Approved", item: item("Approved") });
  expect(sent).toHaveLength(3);
});

test("a vetting is followed to its denial, with the reason", async () => {
  const denied = item("Denied", { vettingReason: "Not an eligible Library" });
  const { vetting } = await ask([json([denied])]);
  expect(await vetting.pollUntilDone()).toEqual({
    status: "Denied",
    reason: "Not an eligible Library",
    item: denied,
  });
});

test("the item is found among others, and a qualification without a status is done at once", async () => {
  const entity = { qualification: "StateOwnedEntity" };
  const { client } = world([json(entity, 201), json([item("InReview"), entity])]);
  const vetting = await client.qualifications.request(customerId, {
    qualification: "StateOwnedEntity",
  });
  expect(await vetting.pollUntilDone()).toEqual({ status: "Approved", item: entity });
});

test("a denial from before this request does not end it", async () => {
  const old = item("Denied", { vettingCreateDate: "2026-01-04T09:00:00Z" });
  const { vetting } = await ask([json([old]), json([]), json([item("Approved")])]);
  const seen: unknown[] = [];
  await vetting.pollUntilDone({ onProgress: (progress) => seen.push(progress.item) });
  expect(seen).toEqual([undefined, undefined, item("Approved")]);
});

test("a status that nobody knew is waited over and reported", async () => {
  const { vetting } = await ask([json([item("OnHold")]), json([item("Approved")])]);
  const statuses: unknown[] = [];
  await vetting.pollUntilDone({ onProgress: ({ status }) => statuses.push(status) });
  expect(statuses).toEqual(["OnHold", "Approved"]);
});

test("it looks after minutes at first and after hours later, never after less than a second", async () => {
  const { vetting, sent } = await ask([
    ...Array.from({ length: 15 }, () => json([item("InReview")])),
    json([item("Approved")]),
  ]);
  await vetting.pollUntilDone();
  const waits = sent
    .slice(2)
    .map(({ at }, index) => Math.round((at - (sent[index + 1]?.at ?? 0)) / 60_000));
  expect(waits.slice(0, 5)).toEqual([1, 2, 2, 3, 5]);
  expect(waits.at(-1)).toBe(60);

  const eager = await ask([json([item("InReview")]), json([item("Approved")])]);
  await eager.vetting.pollUntilDone({ interval: { initialMs: 1 } });
  expect((eager.sent[2]?.at ?? 0) - (eager.sent[1]?.at ?? 0)).toBe(1000);
});

test("a passing failure is reported, its Retry-After obeyed, and the polling goes on", async () => {
  const throttled = json({ statusCode: 429, message: "No" }, 429, { "Retry-After": "90" });
  const { vetting, sent } = await ask([throttled, json([item("Approved")])]);
  const errors: unknown[] = [];
  await vetting.pollUntilDone({ onProgress: ({ error }) => errors.push(error?.kind) });
  expect(errors).toEqual(["throttled", undefined]);
  expect((sent[2]?.at ?? 0) - (sent[1]?.at ?? 0)).toBe(90_000);
});

test("a wait beyond what a timer can do is cut to that, and does not become no wait", async () => {
  const throttled = json({}, 429, { "Retry-After": "1000000000000" });
  const { vetting } = await ask([throttled, json([item("Approved")])]);
  const waits: unknown[] = [];
  await vetting.pollUntilDone({ onProgress: ({ nextMs }) => waits.push(nextMs) });
  expect(waits).toEqual([2 ** 31 - 1, undefined]);
});

test("a failure for good ends the polling", async () => {
  const { vetting } = await ask([json({ code: 20002, description: "No" }, 403)]);
  expect(await failureOf(vetting.pollUntilDone())).toMatchObject({
    kind: "permission",
    code: "20002",
  });
});

test("aborting ends the polling only, and it can be taken up again", async () => {
  const { vetting } = await ask([json([item("InReview")]), json([item("Approved")])]);
  const controller = new AbortController();
  const polling = vetting.pollUntilDone({
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  expect(await failureOf(polling)).toMatchObject({ kind: "aborted" });
  expect(await vetting.pollUntilDone()).toMatchObject({ status: "Approved" });
});

test("two pollings of one handle at the same time are refused", async () => {
  const { vetting } = await ask([json([item("InReview")]), json([item("Approved")])]);
  const first = vetting.pollUntilDone();
  expect(await failureOf(vetting.pollUntilDone())).toBeInstanceOf(InvalidRequestError);
  expect(await first).toMatchObject({ status: "Approved" });
});

test("the states can be iterated over", async () => {
  const { vetting } = await ask([json([item("InReview")]), json([item("Approved")])]);
  const statuses: unknown[] = [];
  for await (const { status } of vetting) statuses.push(status);
  expect(statuses).toEqual(["InReview", "Approved"]);
});

test("a token takes the vetting to another process, and holds no answer and no secret", async () => {
  const { vetting } = await ask([json([])]);
  const token = `${vetting}`;
  expect(token).not.toMatch(/canary|InReview/);
  const old = item("Denied", { vettingCreateDate: "2025-01-04T09:00:00Z" });
  const elsewhere = world([json([old]), json([item("Approved")])]);
  const resumed = elsewhere.client.qualifications.resume(token);
  expect(resumed).toMatchObject({ customerId, qualification: "Education", write: undefined });
  expect(await resumed.pollUntilDone()).toMatchObject({ status: "Approved" });
});

test.each(["", "pq1", "pq2.a.b", "eyJhbGciOiJub25lIn0.e30.", 7, undefined])(
  "the foreign token %j is refused",
  (token) => {
    const { client } = world([]);
    expect(() => client.qualifications.resume(token as string)).toThrow(InvalidRequestError);
  },
);

test("a token that was changed is refused", async () => {
  const { vetting, client } = await ask([]);
  const token = String(vetting);
  for (let index = 0; index < token.length; index++) {
    const changed = `${token.slice(0, index)}${token[index] === "0" ? "1" : "0"}${token.slice(index + 1)}`;
    expect(() => client.qualifications.resume(changed), changed).toThrow(InvalidRequestError);
  }
});

// What became of a request whose answer was lost.

const lost = new TypeError("reset");
const now = { Date: "Mon, 05 Jan 2026 09:00:00 GMT" };

test("a lost answer whose repetition is taken was created", async () => {
  const { client, sent } = world([lost, taken]);
  expect(await client.qualifications.request(customerId, education)).toMatchObject({
    write: "created",
  });
  expect(sent).toHaveLength(2);
});

test("a lost answer whose repetition meets a conflict was created, if the item is of this request", async () => {
  const { client } = world([
    lost,
    json({ code: "800002" }, 409),
    json([item("InReview")], 200, now),
  ]);
  expect(await client.qualifications.request(customerId, education)).toMatchObject({
    write: "created",
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
    write: "created",
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
  ["the item has no date", json([item(undefined)], 200, now)],
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
    write: "created",
  });
});

test("a call that continues another one is told what that one has done", async () => {
  const { client, sent } = world([json({}, 409), json([item("InReview")], 200, now)]);
  const requestId = "037db222-6d8e-4d7f-ba78-df3dca33fb68";
  const vetting = await client.qualifications.request(customerId, education, { requestId });
  expect(vetting.write).toBe("created");
  expect(sent[0]?.headers["ms-requestid"]).toBe(requestId);
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
