import { describe, expect, test } from "vitest";
import type { Progress } from "../src/index.ts";
import { FakeClock } from "../src/testing/index.ts";
import { customerId, failureOf, json, world } from "./world.ts";

// Where a decision about a vetting turns: the last case on each side.

const education = { qualification: "Education", educationSegment: "K12" } as const;
const at = (time: string) => ({ vettingCreateDate: `2026-01-05T${time}Z` });
const item = (vettingStatus: string, more: object = at("09:00:00")) => ({
  qualification: "Education",
  vettingStatus,
  ...more,
});
const approved = json([item("Approved")]);
const lost = new TypeError("reset");
const once = { retry: { maxAttempts: 1 } };

/** Requests Education at 09:00:00 and polls it to its end. */
async function follow(answers: Parameters<typeof world>[0], options = {}) {
  const { client, sent, clock } = world(answers, options);
  const vetting = await client.qualifications.request(customerId, education);
  const seen: Progress[] = [];
  const outcome = await vetting.pollUntilDone({
    onProgress: (progress) => void seen.push(progress),
  });
  return { vetting, outcome, seen, sent, clock };
}

describe("the current one of several items is", () => {
  const older = item("Approved", at("08:00:00"));
  const newer = item("Approved", at("09:00:01"));

  test.each([
    ["the newest", [older, newer], newer],
    ["the newest in any order", [newer, older], newer],
    ["the first of the same date", [{ ...newer, note: 1 }, newer], { ...newer, note: 1 }],
    ["one with a date", [item("Approved", {}), newer], newer],
    [
      "the one of the requested qualification",
      [{ qualification: "StateOwnedEntity" }, { ...newer, qualification: "Other" }, older],
      older,
    ],
  ])("%s", async (_, items, expected) => {
    const { outcome } = await follow([json({}, 201), json(items)]);
    expect(outcome.item).toEqual(expected);
  });

  test("the one in review, even if another is newer", async () => {
    const inReview = item("InReview", at("08:59:00"));
    const { seen } = await follow([json({}, 201), json([newer, inReview]), approved]);
    expect(seen[0]?.item).toEqual(inReview);
  });

  test("the requested one in a response with several", async () => {
    const own = item("InReview");
    const other = { qualification: "StateOwnedEntity" };
    const { vetting } = await follow([json([other, own], 201), approved]);
    expect(vetting.item).toEqual(own);
  });
});

describe("a denial from ten minutes before the request is", () => {
  const denied = item("Denied", at("08:50:00"));

  test.each([
    ["older when the response dates the request", "older", [json(item("InReview"), 201)]],
    ["older once a poll dates it", "older", [json({}, 201), json([item("InReview")])]],
    ["perhaps older without a date", "perhapsOlder", [json({}, 201), json([])]],
    [
      "perhaps older if only an item with an unknown status has a date",
      "perhapsOlder",
      [json({}, 201), json([item("Queued", at("08:00:00"))])],
    ],
    [
      "perhaps older if the response has an unknown status and a date",
      "perhapsOlder",
      [json(item("Queued", at("08:00:00")), 201)],
    ],
  ])("%s", async (_, why, before) => {
    const { seen } = await follow([...before, json([denied]), approved]);
    const ignored = seen.flatMap((progress) => progress.ignored);
    expect(ignored).toEqual([{ item: denied, why }]);
  });

  test("perhaps older if only an audit record proves the request", async () => {
    let own: unknown;
    let lists = 0;
    const { client } = world(
      [
        ({ method, url, headers }) => {
          if (method === "POST") {
            own = headers["ms-correlationid"];
            throw lost;
          }
          if (!url.includes("/v1/auditrecords"))
            return json([[], [denied]][lists++] ?? [item("Approved")]);
          const record = {
            customerId,
            operationType: "update_customer_qualification",
            operationStatus: "succeeded",
            originalCorrelationId: own,
            operationDate: "2026-01-05T09:00:00Z",
          };
          return json({ items: [record] });
        },
      ],
      once,
    );
    const vetting = await client.qualifications.request(customerId, education);
    expect(vetting).toMatchObject({ write: "accepted", item: undefined });
    const whys: unknown[] = [];
    await vetting.pollUntilDone({ onProgress: ({ ignored }) => void whys.push(ignored[0]?.why) });
    expect(whys[0]).toBe("perhapsOlder");
  });
});

describe("a lost request", () => {
  test("is not proved by a denial near the time of sending", async () => {
    const near = json([item("Denied", at("09:00:05"))]);
    const { client } = world([lost, near, json({ items: [] })], { ...once, auditWaitMs: 0 });
    const requested = client.qualifications.request(customerId, education);
    expect(await failureOf(requested)).toMatchObject({ kind: "connection", write: "unknown" });
  });

  test("is proved by such a denial when the service answers that the qualification exists", async () => {
    const near = item("Denied", at("09:00:05"));
    const { client } = world([lost, json({}, 409), json([near]), json({ items: [] })], {
      auditWaitMs: 0,
    });
    const vetting = await client.qualifications.request(customerId, education);
    expect(vetting).toMatchObject({ write: "found", item: near });
  });

  test("sends nothing when its continuation fails before sending", async () => {
    const { client, sent, clock } = world([json([item("InReview")])], {
      credential: () => {
        throw new Error("down");
      },
    });
    const requestId = "037db222-6d8e-4d7f-ba78-df3dca33fb68";
    const continuation = { requestId, sentAt: clock.now() };
    const requested = client.qualifications.request(customerId, education, continuation);
    expect(await failureOf(requested)).toMatchObject({ kind: "authentication", write: undefined });
    expect(sent).toEqual([]);
  });
});

test.each([200, 299])("returns created for an unreadable body with %i", async (status) => {
  const page = new Response("<h1>Accepted</h1>", {
    status,
    headers: { "content-type": "text/html" },
  });
  const { client, sent } = world([page]);
  const vetting = await client.qualifications.request(customerId, education);
  expect(vetting).toMatchObject({ write: "created", item: undefined });
  expect(sent).toHaveLength(1);
});

test("does not count a 300 as accepted", async () => {
  const { client } = world([json({}, 300)]);
  const requested = client.qualifications.request(customerId, education);
  expect(await failureOf(requested)).toMatchObject({ kind: "unexpectedResponse", status: 300 });
});

test("ends polling without another report when aborted during a poll", async () => {
  const controller = new AbortController();
  const { client } = world([
    json(item("InReview"), 201),
    () => {
      controller.abort();
      throw lost;
    },
  ]);
  const vetting = await client.qualifications.request(customerId, education);
  const seen: Progress[] = [];
  const done = vetting.pollUntilDone({
    signal: controller.signal,
    onProgress: (progress) => void seen.push(progress),
  });
  expect(await failureOf(done)).toMatchObject({ kind: "aborted" });
  expect(seen).toEqual([]);
});

test.each([
  [0, 54_000],
  [1, 66_000],
])("waits a tenth less or more when the random number is %i", async (random, wait) => {
  const clock = Object.assign(new FakeClock(), { random: () => random });
  const { seen } = await follow([json(item("InReview"), 201), json([]), approved], {
    runtime: clock,
  });
  expect(seen[0]?.nextMs).toBeCloseTo(wait);
});

test("writes the same resume token as version 0.1.0", async () => {
  const { vetting } = await follow([json(item("InReview"), 201), approved]);
  expect(vetting.toString()).toBe(
    `pq2.${customerId}/Education/00000000-0000-4000-8000-000000000001/1767603600000/=/partner-center.example.1epfvoe`,
  );
});

test("lets a test replace the methods of a vetting", async () => {
  const { vetting } = await follow([json(item("InReview"), 201), approved]);
  const outcome = { status: "Approved", item: item("Approved") } as const;
  vetting.pollUntilDone = async () => outcome;
  expect(await vetting.pollUntilDone()).toBe(outcome);
  expect(Reflect.deleteProperty(vetting, "pollUntilDone")).toBe(true);
});
