import { expect, test } from "vitest";
import { InvalidRequestError, type Progress } from "../src/index.ts";
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

test("an older item beside the new one does not hide it", async () => {
  const old = item("Denied", { vettingCreateDate: "2026-01-04T09:00:00Z" });
  const { vetting } = await ask([json([old, item("Approved")])]);
  expect(await vetting.pollUntilDone()).toMatchObject({ status: "Approved" });
});

test("a status of null is none", async () => {
  const { vetting } = await ask([json([{ ...item(undefined), vettingStatus: null }])]);
  expect(await vetting.pollUntilDone()).toMatchObject({ status: "Approved" });
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

test.each([408, 500, 502])("a look that ends with %i is taken up again", async (status) => {
  const failed = json({}, status);
  const { vetting } = await ask([failed, failed, failed, failed, json([item("Approved")])]);
  expect(await vetting.pollUntilDone()).toMatchObject({ status: "Approved" });
});

test("a credential that says it may work later does not end days of polling", async () => {
  const { vetting } = await ask([]);
  const follow = (credential: () => string, onProgress?: (progress: Progress) => unknown) =>
    world([json([item("Approved")])], { credential })
      .client.qualifications.resume(String(vetting))
      .pollUntilDone({ onProgress });

  let down = true;
  const passing = () => {
    if (down) throw Object.assign(new Error("The endpoint is down"), { retryable: true });
    return "token";
  };
  const mended = ({ error }: Progress) => {
    if (error) down = false;
  };
  expect(await follow(passing, mended)).toMatchObject({ status: "Approved" });

  const forGood = follow(() => {
    throw new Error("No consent");
  });
  expect(await failureOf(forGood)).toMatchObject({ kind: "authentication" });
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
