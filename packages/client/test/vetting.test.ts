import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
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

async function submit(answers: Parameters<typeof world>[0]) {
  const it = world([taken, ...answers]);
  return { ...it, vetting: await it.client.qualifications.request(customerId, education) };
}

describe("the outcome", () => {
  test("polls a vetting to its approval", async () => {
    const { vetting, sent } = await submit([json([item("InReview")]), json([item("Approved")])]);
    expect(vetting.write).toBe("created");
    expect(vetting.item).toEqual(item("InReview"));
    expect(await vetting.pollUntilDone()).toEqual({ status: "Approved", item: item("Approved") });
    expect(sent).toHaveLength(3);
  });

  test("polls a vetting to its denial, with the reason", async () => {
    const denied = item("Denied", { vettingReason: "Not an eligible Library" });
    const { vetting } = await submit([json([denied])]);
    expect(await vetting.pollUntilDone()).toEqual({
      status: "Denied",
      reason: "Not an eligible Library",
      item: denied,
    });
  });

  test("finds the item among others, and is done at once without a status", async () => {
    const entity = { qualification: "StateOwnedEntity" };
    const { client } = world([json(entity, 201), json([item("InReview"), entity])]);
    const vetting = await client.qualifications.request(customerId, {
      qualification: "StateOwnedEntity",
    });
    expect(await vetting.pollUntilDone()).toEqual({ status: "Approved", item: entity });
  });

  test("ignores a denial from before the request", async () => {
    const old = item("Denied", { vettingCreateDate: "2026-01-04T09:00:00Z" });
    const { vetting } = await submit([json([old]), json([]), json([item("Approved")])]);
    const seen: unknown[] = [];
    await vetting.pollUntilDone({ onProgress: (progress) => seen.push(progress.item) });
    expect(seen).toEqual([undefined, undefined, item("Approved")]);
  });

  test("finds the new item beside an older one", async () => {
    const old = item("Denied", { vettingCreateDate: "2026-01-04T09:00:00Z" });
    const { vetting } = await submit([json([old, item("Approved")])]);
    expect(await vetting.pollUntilDone()).toMatchObject({ status: "Approved" });
  });

  test.each([null, undefined, ""])(
    "keeps polling a review with the status %j",
    async (vettingStatus) => {
      const { vetting } = await submit([
        json([{ qualification: "Education", vettingStatus }]),
        json([item("Approved")]),
      ]);
      const outcomes: unknown[] = [];
      await vetting.pollUntilDone({ onProgress: ({ outcome }) => outcomes.push(outcome?.status) });
      expect(outcomes).toEqual([undefined, "Approved"]);
    },
  );

  test("keeps polling through an undocumented status and reports it", async () => {
    const { vetting } = await submit([json([item("OnHold")]), json([item("Approved")])]);
    const statuses: unknown[] = [];
    await vetting.pollUntilDone({ onProgress: ({ status }) => statuses.push(status) });
    expect(statuses).toEqual(["OnHold", "Approved"]);
  });

  test("prints a vetting without its methods", async () => {
    const { client } = world([
      json({ qualification: "Education", vettingStatus: "InReview" }, 201),
    ]);
    const vetting = await client.qualifications.request(customerId, {
      qualification: "Education",
      educationSegment: "K12",
    });
    expect(inspect(vetting)).not.toContain("[Function");
    expect(structuredClone({ ...vetting })).toMatchObject({ customerId, write: "created" });
  });
});

describe("the polling interval", () => {
  test("polls every few minutes at first and every few hours later, at least a second apart", async () => {
    const { vetting, sent } = await submit([
      ...Array.from({ length: 15 }, () => json([item("InReview")])),
      json([item("Approved")]),
    ]);
    await vetting.pollUntilDone();
    const waits = sent
      .slice(2)
      .map(({ at }, index) => Math.round((at - (sent[index + 1]?.at ?? 0)) / 60_000));
    expect(waits.slice(0, 5)).toEqual([1, 2, 2, 3, 5]);
    expect(waits.at(-1)).toBe(60);

    const eager = await submit([json([item("InReview")]), json([item("Approved")])]);
    await eager.vetting.pollUntilDone({ interval: { initialMs: 1 } });
    expect((eager.sent[2]?.at ?? 0) - (eager.sent[1]?.at ?? 0)).toBe(1000);
  });

  test("keeps its interval when Retry-After is 0", async () => {
    const throttled = json({}, 503, { "Retry-After": "0" });
    const { vetting } = await submit([
      ...Array.from({ length: 4 }, () => throttled),
      json([item("Approved")]),
    ]);
    const waits: unknown[] = [];
    await vetting.pollUntilDone({ onProgress: ({ nextMs }) => waits.push(nextMs) });
    expect(waits).toEqual([60_000, undefined]);
  });

  test.each(["1795000000", "1000000000000"])(
    "waits at most a day for a Retry-After of %s s",
    async (seconds) => {
      const throttled = json({}, 429, { "Retry-After": seconds });
      const { vetting } = await submit([throttled, json([item("Approved")])]);
      const waits: unknown[] = [];
      await vetting.pollUntilDone({ onProgress: ({ nextMs }) => waits.push(nextMs) });
      expect(waits).toEqual([24 * 3_600_000 * 1.05, undefined]);
    },
  );

  test.each([408, 500, 502])("keeps polling after a %i", async (status) => {
    const failed = json({}, status);
    const { vetting } = await submit([failed, failed, failed, failed, json([item("Approved")])]);
    expect(await vetting.pollUntilDone()).toMatchObject({ status: "Approved" });
  });
});

describe("failures while polling", () => {
  test("reports a transient failure, waits for Retry-After, and polls on", async () => {
    const throttled = json({ statusCode: 429, message: "No" }, 429, { "Retry-After": "90" });
    const { vetting, sent } = await submit([throttled, json([item("Approved")])]);
    const errors: unknown[] = [];
    await vetting.pollUntilDone({ onProgress: ({ error }) => errors.push(error?.kind) });
    expect(errors).toEqual(["throttled", undefined]);
    expect((sent[2]?.at ?? 0) - (sent[1]?.at ?? 0)).toBe(94_500);
  });

  test("keeps polling when a credential's failure is retryable", async () => {
    const { vetting } = await submit([]);
    const follow = (credential: () => string, onProgress?: (progress: Progress) => unknown) =>
      world([json([item("Approved")])], { credential })
        .client.qualifications.resume(String(vetting))
        .pollUntilDone({ onProgress });

    let down = true;
    const passing = () => {
      if (down) throw Object.assign(new Error("The endpoint is down"), { retryable: true });
      return "token";
    };
    const recovered = ({ error }: Progress) => {
      if (error) down = false;
    };
    expect(await follow(passing, recovered)).toMatchObject({ status: "Approved" });

    const forGood = follow(() => {
      throw new Error("No consent");
    });
    expect(await failureOf(forGood)).toMatchObject({ kind: "authentication" });
  });

  test("stops polling after a final failure", async () => {
    const { vetting } = await submit([json({ code: 20002, description: "No" }, 403)]);
    expect(await failureOf(vetting.pollUntilDone())).toMatchObject({
      kind: "permission",
      code: "20002",
    });
  });
});

describe("a handle", () => {
  test("stops polling when aborted, and can resume", async () => {
    const { vetting } = await submit([json([item("InReview")]), json([item("Approved")])]);
    const controller = new AbortController();
    const polling = vetting.pollUntilDone({
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    expect(await failureOf(polling)).toMatchObject({ kind: "aborted" });
    expect(await vetting.pollUntilDone()).toMatchObject({ status: "Approved" });
  });

  test("returns the same promise for repeated polls of a handle", async () => {
    const { vetting, sent } = await submit([json([item("InReview")]), json([item("Approved")])]);
    const first = vetting.pollUntilDone();
    expect(vetting.pollUntilDone()).toBe(first);
    expect(await first).toMatchObject({ status: "Approved" });
    expect(vetting.pollUntilDone()).toBe(first);
    expect(sent).toHaveLength(3);
  });

  test("polls a handle again after an abort", async () => {
    const { vetting } = await submit([json([item("InReview")]), json([item("Approved")])]);
    const signal = AbortSignal.abort();
    expect(await failureOf(vetting.pollUntilDone({ signal }))).toMatchObject({
      name: "AbortError",
    });
    expect(await vetting.pollUntilDone()).toMatchObject({ status: "Approved" });
  });

  test("rejects iterating over a handle during polling", async () => {
    const { vetting } = await submit([json([item("InReview")]), json([item("Approved")])]);
    const first = vetting.pollUntilDone();
    expect(await failureOf(vetting.states().next())).toBeInstanceOf(InvalidRequestError);
    expect(await first).toMatchObject({ status: "Approved" });
  });

  test("iterates over the states", async () => {
    const { vetting } = await submit([json([item("InReview")]), json([item("Approved")])]);
    const statuses: unknown[] = [];
    for await (const { status } of vetting) statuses.push(status);
    expect(statuses).toEqual(["InReview", "Approved"]);
  });
});

describe("a resume token", () => {
  test("resumes in another process from a token without secrets", async () => {
    const { vetting } = await submit([json([])]);
    const token = `${vetting}`;
    expect(token).not.toMatch(/canary|InReview/);
    const old = item("Denied", { vettingCreateDate: "2025-01-04T09:00:00Z" });
    const elsewhere = world([json([old]), json([item("Approved")])]);
    const resumed = elsewhere.client.qualifications.resume(token);
    expect(resumed).toMatchObject({ customerId, qualification: "Education", write: undefined });
    expect(await resumed.pollUntilDone()).toMatchObject({ status: "Approved" });
  });

  test.each(["", "pq1", "pq2.a.b", "eyJhbGciOiJub25lIn0.e30.", 7, undefined])(
    "rejects the foreign token %j",
    (token) => {
      const { client } = world([]);
      expect(() => client.qualifications.resume(token as string)).toThrow(InvalidRequestError);
    },
  );

  test("rejects a modified token", async () => {
    const { vetting, client } = await submit([]);
    const token = String(vetting);
    for (let index = 0; index < token.length; index++) {
      const changed = `${token.slice(0, index)}${token[index] === "0" ? "1" : "0"}${token.slice(index + 1)}`;
      expect(() => client.qualifications.resume(changed), changed).toThrow(InvalidRequestError);
    }
  });

  test("resumes a vetting from its JSON", async () => {
    const inReview = { qualification: "Education", vettingStatus: "InReview" };
    const { client } = world([
      json(inReview, 201),
      json([{ ...inReview, vettingStatus: "Approved" }]),
    ]);
    const vetting = await client.qualifications.request(customerId, {
      qualification: "Education",
      educationSegment: "K12",
    });
    const kept = JSON.parse(JSON.stringify({ vetting })) as { vetting: { token: string } };
    expect(kept.vetting).toMatchObject({
      customerId,
      write: "created",
      item: inReview,
      token: `${vetting}`,
    });
    const resumed = client.qualifications.resume(kept.vetting.token);
    expect(JSON.parse(JSON.stringify(resumed))).toMatchObject({ customerId, token: `${vetting}` });
    expect((await resumed.pollUntilDone()).status).toBe("Approved");
  });
});
