import { describe, expect, test } from "vitest";
import * as fc from "fast-check";
import { FakeClock } from "../src/testing/index.ts";
import { customerId, json, world } from "./world.ts";

// Client, gateway and service have different clocks. The client's is right here, because only the
// differences matter. No clock stands still: every step takes time.

const education = { qualification: "Education", educationSegment: "K12" } as const;
const minute = 60_000;
const day = 24 * 60 * minute;
const iso = (ms: number) => new Date(ms).toISOString();
const item = (vettingStatus: string, at: number) => ({
  qualification: "Education",
  vettingStatus,
  vettingCreateDate: iso(at),
});
const minutes = (most: number) =>
  fc.integer({ min: -most * minute, max: most * minute }).map((ms) => ms);

/** A slow service with its own clocks and possibly an earlier denial. */
interface Service {
  /** The service's clock, for dates in bodies. */
  service: number;
  /** The gateway's clock, for `Date`; undefined omits the header. */
  gateway: number | undefined;
  /** Delay of each response. */
  latency: number;
  outcome: "Approved" | "Denied";
  reviewMs: number;
  /** Age of an earlier denial at the time of the request, if there is one. */
  deniedBefore: number | undefined;
  /** How long the list shows the old state. */
  replicationMs: number;
  /** The response to the request. */
  answer: "item" | "nothing" | "first date" | "lost";
}

const service = fc.record<Service>({
  service: minutes(15),
  gateway: fc.option(minutes(15), { nil: undefined }),
  latency: fc.integer({ min: 1, max: 20_000 }),
  outcome: fc.constantFrom("Approved", "Denied"),
  reviewMs: fc.oneof(fc.integer({ min: 0, max: minute }), fc.integer({ min: 0, max: 4 * day })),
  deniedBefore: fc.option(
    fc.oneof(fc.integer({ min: 1000, max: 20 * minute }), fc.integer({ min: 1000, max: 30 * day })),
    { nil: undefined },
  ),
  replicationMs: fc.integer({ min: 0, max: 90_000 }),
  answer: fc.constantFrom("item", "nothing", "first date", "lost"),
});

/**
 * Clocks half an hour apart. In whole seconds, a denial a second before the request seems later than it.
 */
const atBothEnds: Service = {
  service: 899_212,
  gateway: -899_792,
  latency: 1,
  outcome: "Approved",
  reviewMs: 0,
  deniedBefore: 1000,
  replicationMs: 3,
  answer: "item",
};

async function follow(it: Service) {
  const clock = new FakeClock(new Date("2026-01-05T09:00:00.789Z"));
  const requested = { at: Number.NaN };
  const denied =
    it.deniedBefore === undefined
      ? []
      : [item("Denied", clock.now() + it.service - it.deniedBefore)];
  const own = () => {
    const ended = clock.now() >= requested.at + it.reviewMs;
    return item(ended ? it.outcome : "InReview", requested.at + it.service);
  };
  const answered = (body: unknown, status: number) => {
    const date =
      it.gateway === undefined ? {} : { Date: new Date(clock.now() + it.gateway).toUTCString() };
    return json(body, status, date);
  };
  const { client } = world(
    [
      ({ method }) => {
        clock.advance(it.latency);
        if (method === "GET") {
          const isShown = clock.now() >= requested.at + it.replicationMs;
          return answered(isShown ? [own()] : denied, 200);
        }
        if (!Number.isNaN(requested.at)) return answered({ code: "800002" }, 409);
        requested.at = clock.now();
        clock.advance(it.latency);
        if (it.answer === "lost") throw new TypeError("reset");
        if (it.answer === "nothing") return answered({}, 201);
        const body = {
          ...own(),
          ...(it.answer === "first date" && { vettingCreateDate: "0001-01-01T00:00:00Z" }),
        };
        return answered(body, 201);
      },
    ],
    { runtime: clock },
  );
  // A lost request cannot be found while the list shows the old state; the test then requests again.
  let continuation = {};
  for (let turn = 0; turn < 20; turn++) {
    try {
      const vetting = await client.qualifications.request(customerId, education, continuation);
      return { client, clock, vetting, own, requested };
    } catch (error) {
      const { write, continuation: next } = error as { write?: string; continuation?: object };
      if (write === undefined) throw error;
      continuation = next!;
      clock.advance(30_000);
    }
  }
  throw new Error("It was not found");
}

describe("with clocks within a quarter of an hour", () => {
  test("ends every finished vetting with the request's own outcome", async () => {
    await fc.assert(
      fc.asyncProperty(service, fc.boolean(), async (it, isResumed) => {
        const { client, clock, vetting, own, requested } = await follow(it);
        const followed = isResumed ? client.qualifications.resume(`${vetting}`) : vetting;
        let polls = 0;
        const outcome = await followed.pollUntilDone({
          onProgress: () => {
            if (++polls > 500) throw new Error("It never ends");
          },
        });
        expect(clock.now()).toBeGreaterThanOrEqual(requested.at + it.reviewMs);
        expect(outcome).toMatchObject({ status: it.outcome });
        // The item of the list, or of the response to the request.
        expect([own(), vetting.item]).toContainEqual(outcome.item);
        expect(polls).toBeLessThan(500);
      }),
      {
        ...(process.env.SWEEPS ? { numRuns: 3000 } : { numRuns: 300, seed: 1 }),
        examples: [[atBothEnds, true]],
      },
    );
  });

  test("reads every resume token written by a handle", async () => {
    await fc.assert(
      fc.asyncProperty(service, fc.string(), fc.string(), async (it, date, status) => {
        const { client, vetting } = await follow(it);
        expect(`${client.qualifications.resume(`${vetting}`)}`).toBe(`${vetting}`);
        expect(`${client.qualifications.resume(`${vetting}\r\n`)}`).toBe(`${vetting}`);
        const odd = world([
          json({ ...item(status, 0), vettingCreateDate: date }, 201, {
            Date: date.replaceAll(/[^\x20-\x7e]/g, ""),
          }),
        ]);
        const other = await odd.client.qualifications.request(customerId, education);
        expect(`${odd.client.qualifications.resume(`${other}`)}`).toBe(`${other}`);
      }),
      process.env.SWEEPS ? { numRuns: 1000 } : { numRuns: 100, seed: 1 },
    );
  });
});

test.each([
  "0001-01-01T00:00:00Z",
  "0001-01-01T00:00:00",
  "9999-12-31T23:59:59.9999999Z",
  "1601-01-01T00:00:00Z",
  "",
  "soon",
])("writes a readable token for a request answered with the date %j", async (vettingCreateDate) => {
  for (const Date of ["Mon, 01 Jan 0001 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT"]) {
    const answer = { qualification: "Education", vettingStatus: "InReview", vettingCreateDate };
    const { client } = world([
      json(answer, 201, { Date }),
      json([{ ...answer, vettingStatus: "Approved" }]),
    ]);
    const vetting = await client.qualifications.request(customerId, education);
    const resumed = client.qualifications.resume(`${vetting}`);
    expect(await resumed.pollUntilDone()).toMatchObject({ status: "Approved" });
  }
});

test("ends at once when the response to the request has the outcome", async () => {
  const at = Date.parse("2026-01-05T09:00:00Z");
  for (const Date of ["Mon, 05 Jan 2026 09:00:02 GMT", "Mon, 05 Jan 2026 08:59:58 GMT"]) {
    const { client, sent } = world([json(item("Approved", at), 201, { Date }), json([])]);
    const vetting = await client.qualifications.request(customerId, education);
    const polls: number[] = [];
    const outcome = await vetting.pollUntilDone({
      onProgress: (seen) => void polls.push(seen.polls),
    });
    expect(outcome).toMatchObject({ status: "Approved" });
    expect(polls).toEqual([0]);
    expect(sent).toHaveLength(1);
  }
});

test("shows an old denial, with or without a zone, without ending", async () => {
  const at = Date.parse("2026-01-05T09:00:00Z");
  for (const date of ["2025-12-01T09:00:00", "2025-12-01T09:00:00Z", "2025-12-01 09:00:00"]) {
    const old = { ...item("Denied", 0), vettingCreateDate: date };
    const { client } = world([
      json(item("InReview", at), 201),
      json([old]),
      json([old, item("Approved", at)]),
    ]);
    const vetting = await client.qualifications.request(customerId, education);
    const ignored: unknown[] = [];
    const outcome = await vetting.pollUntilDone({
      onProgress: (seen) => void ignored.push(seen.ignored),
    });
    expect(outcome).toMatchObject({ status: "Approved" });
    expect(ignored).toEqual([[{ item: old, why: "older" }], [{ item: old, why: "older" }]]);
  }
});

test("accepts a possibly older denial ten minutes after the request", async () => {
  const near = item("Denied", Date.parse("2026-01-05T08:58:00Z"));
  const { client } = world([json({}, 201), json([near])]);
  const vetting = await client.qualifications.request(customerId, education);
  const whys: unknown[] = [];
  await vetting.pollUntilDone({
    interval: { initialMs: 10 * minute, factor: 1 },
    onProgress: ({ ignored }) => void whys.push(ignored[0]?.why),
  });
  expect(whys).toEqual(["perhapsOlder", undefined]);
});

test.each([
  ["perhapsOlder", "08:29:58"],
  ["older", "08:29:57"],
])(
  "calls a denial %s when it is dated %s and the request was sent at 09:00:00",
  async (why, at) => {
    const { client } = world([
      json({}, 201),
      json([item("Denied", Date.parse(`2026-01-05T${at}Z`))]),
      json([item("Approved", Date.parse("2026-01-05T09:00:00Z"))]),
    ]);
    const vetting = await client.qualifications.request(customerId, education);
    const whys: unknown[] = [];
    await vetting.pollUntilDone({
      interval: { initialMs: 1000, factor: 1 },
      onProgress: ({ ignored }) => void whys.push(ignored[0]?.why),
    });
    expect(whys[0]).toBe(why);
  },
);

test("accepts a possibly older denial after a while", async () => {
  const near = item("Denied", Date.parse("2026-01-05T08:58:00Z"));
  const { client } = world([json({}, 201), json([near])]);
  const vetting = await client.qualifications.request(customerId, education);
  const whys: unknown[] = [];
  const outcome = await vetting.pollUntilDone({
    onProgress: ({ ignored }) => void whys.push(ignored[0]?.why),
  });
  expect(outcome).toMatchObject({ status: "Denied" });
  expect(whys).toEqual([...Array(whys.length - 1).fill("perhapsOlder"), undefined]);
  expect(whys.length).toBeGreaterThan(3);
});

test.each([
  ["another version", "pq1.x/y/z/1.abc", /has version pq1, but/],
  ["a change", "pq2.x/y/z/1/=/h.abc", /must be the string that String/],
  ["nothing", "", /must be the string that String/],
])("rejects a token of %s and says why", (_, token, message) => {
  const { client } = world([]);
  expect(() => client.qualifications.resume(token)).toThrow(message);
});

test("rejects a token of another environment and says why", async () => {
  const answers = [json(item("InReview", Date.now()), 201)];
  const { client } = world(answers);
  const token = String(await client.qualifications.request(customerId, education));
  const china = world(answers, { baseUrl: "https://partner.partnercenterapi.microsoftonline.cn" });
  expect(() => china.client.qualifications.resume(token)).toThrow(
    /belongs to partner-center.example, but this client uses partner.partnercenterapi/,
  );
});
