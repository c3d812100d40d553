import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { FakeClock } from "../src/testing/index.ts";
import { customerId, failureOf, json, world } from "./world.ts";

const hour = 3_600_000;
const education = { qualification: "Education", educationSegment: "K12" } as const;

/** A machine that sleeps during each wait. Some systems' monotonic clocks advance meanwhile. */
function sleeping(asleepMs: number, monotonicGoesOn: boolean): FakeClock {
  const clock = new FakeClock();
  let gained = 0;
  const { sleep } = clock;
  return Object.assign(clock, {
    elapsed: () => clock.now() - (monotonicGoesOn ? 0 : gained),
    async sleep(ms: number, signal?: AbortSignal) {
      await sleep(ms, signal);
      clock.advance(asleepMs);
      gained += asleepMs;
    },
  });
}

describe.each([
  ["counts the sleep", true],
  ["stands still", false],
])("while the machine sleeps for eight hours and its monotonic clock %s", (_, goesOn) => {
  test.each([429, 503, "lost"] as const)("completes a call after waiting for %s", async (first) => {
    const failure = first === "lost" ? new TypeError("fetch failed") : json({}, first);
    const { client, sent } = world([failure, failure, json([])], {
      runtime: sleeping(8 * hour, goesOn),
    });
    expect(await client.qualifications.list(customerId)).toEqual([]);
    expect(sent).toHaveLength(3);
  });

  test("completes calls after waiting for the throttle", async () => {
    let calls = 0;
    const { client } = world([() => (calls++ < 4 ? json({}, 429) : json([]))], {
      runtime: sleeping(8 * hour, goesOn),
    });
    const lists = [1, 2, 3, 4].map(() => client.qualifications.list(customerId));
    expect(await Promise.all(lists)).toHaveLength(4);
  });

  test("finds the outcome when polling", async () => {
    const item = { ...education, vettingStatus: "InReview" };
    const { client } = world(
      [json(item, 201), json([item]), json([{ ...item, vettingStatus: "Approved" }])],
      { runtime: sleeping(8 * hour, goesOn) },
    );
    const vetting = await client.qualifications.request(customerId, education);
    expect(await vetting.pollUntilDone()).toMatchObject({ status: "Approved" });
  });
});

test.each([-hour, hour])("ends no call when the wall clock is set by %i ms", async (step) => {
  const clock = new FakeClock();
  const start = clock.now();
  const { client } = world(
    [
      () => {
        clock.advance(step);
        return json({}, 503);
      },
    ],
    { runtime: Object.assign(clock, { elapsed: () => Math.abs(clock.now() - start) % hour }) },
  );
  expect(await failureOf(client.qualifications.list(customerId))).toMatchObject({
    kind: "server",
    attempts: 4,
  });
});

test.each([
  [true, 0],
  [false, null],
])("lets the program end during a poll with unref %s: %s", (unref, status) => {
  const program = `
    import { createQualificationsClient } from "@partner-qualifications/client";
    const item = { qualification: "Education", vettingStatus: "InReview" };
    const client = createQualificationsClient({
      credential: "none",
      fetch: async (_, { method }) => Response.json(method === "POST" ? item : [item]),
    });
    const vetting = await client.qualifications.request("${customerId}", ${JSON.stringify(education)});
    vetting.pollUntilDone({ unref: ${unref} });
  `;
  const ended = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: import.meta.dirname,
    timeout: unref ? 20_000 : 2000,
    encoding: "utf8",
  });
  expect(ended.stderr).toBe("");
  expect(ended.status).toBe(status);
});
