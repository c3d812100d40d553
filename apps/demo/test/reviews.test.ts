import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type Mock, startMock, testTokens } from "@partner-qualifications/mock";
import { describe, beforeEach, expect, test, vi } from "vitest";
import { startDemo } from "../host/server/start-demo.ts";
import { freePort, listen, request, stateFolder, untilReview } from "./support/server.ts";

vi.setConfig({ testTimeout: 60_000 });

const school = "22222222-2222-3333-4444-555555555555";
const monday = "2026-11-23T09:00:00.000Z";
let mock: Mock;
beforeEach(async () => {
  mock = await startMock({ clock: "manual", now: monday });
  return () => mock.close();
});

const start = (stateFile?: string) =>
  startDemo({ baseUrl: mock.url, credential: () => "any-token", stateFile });
const writes = () =>
  mock.control.journal().log.entries.filter(({ request: { method } }) => method === "POST");

describe("a review", () => {
  test("shows a review's history by Partner Center's clock, even after a restart", async () => {
    await using state = await stateFolder();
    {
      await using demo = await start(state.stateFile);
      expect((await request(demo.url, school)).status).toBe(201);
      await untilReview(demo.url, ({ polls }) => polls > 0);
      mock.advance("P1D");
      await untilReview(demo.url, ({ polledAt = "" }) => polledAt >= "2026-11-24");
    }
    mock.advance("P6D");
    await using next = await start(state.stateFile);
    const { timeline } = await untilReview(next.url, ({ state: one }) => one === "ended");
    expect(timeline).toEqual([
      { what: "requested", status: "InReview", at: "2026-11-23T09:00:00Z" },
      { what: "restarted", at: expect.stringMatching(/^2026-11-30T09:00:0/) as string },
      {
        what: "changed",
        status: "Approved",
        at: expect.stringMatching(/^2026-11-30T09:00:0/) as string,
      },
    ]);
    expect(writes()).toHaveLength(1);
  });

  test("keeps the story of a denial when the qualification is requested again", async () => {
    const summary = "Education is denied";
    mock.control.setTestCustomer({
      id: school,
      summary,
      education: "denied",
      vettingReason: "No school",
    });
    await using demo = await start();
    await request(demo.url, school);
    mock.advance("P7D");
    await untilReview(demo.url, ({ item }) => item?.vettingStatus === "Denied");
    await request(demo.url, school);
    const { timeline, state } = await untilReview(demo.url, (one) => one.timeline.length === 3);
    expect(state).toBe("following");
    expect(timeline.map(({ what, status, reason }) => [what, status, reason])).toEqual([
      ["requested", "InReview", undefined],
      ["changed", "Denied", "No school"],
      ["requested", "InReview", undefined],
    ]);
    // A refusal of a third request leaves the review as it was.
    expect((await request(demo.url, school)).status).toBe(409);
    expect((await untilReview(demo.url, () => true)).timeline).toHaveLength(3);
  });

  test("reports an expired credential, and continues when it is renewed", async () => {
    const expired = testTokens.find(({ token }) => token === "expired")!.token;
    let token: string = expired;
    await using demo = await startDemo({ baseUrl: mock.url, credential: () => token });
    const refused = await request(demo.url, school);
    expect(refused.status).toBe(401);
    expect(await refused.text()).not.toContain("renewed");
    token = "renewed-token";
    await request(demo.url, school);
    token = expired;
    await untilReview(demo.url, ({ problem }) => problem?.status === 401);
    token = "renewed-again";
    const { timeline } = await untilReview(demo.url, (one) => one.timeline.length === 3);
    expect(timeline.map(({ what }) => what)).toEqual(["requested", "trouble", "recovered"]);
  });

  test("stops following a review when a page stops it", async () => {
    await using state = await stateFolder();
    await using demo = await start(state.stateFile);
    await request(demo.url, school);
    const headers = { "Content-Type": "application/json", Origin: demo.url };
    const path = `${demo.url}/api/reviews/${school}/Education`;
    expect((await fetch(path, { method: "DELETE", headers })).status).toBe(204);
    await untilReview(demo.url, (one) => one.state === "dropped");
    expect(await state.stored()).toEqual([]);
  });
});

describe("a request", () => {
  test("stores a request before it leaves, and sends it after a restart although the page is gone", async () => {
    await using state = await stateFolder();
    const requestId = randomUUID();
    mock.control.addFaults({ kind: "latency", delay: "PT5S", operationId: "requestQualification" });
    const first = await start(state.stateFile);
    const answer = request(first.url, school, { requestId }).catch(() => undefined);
    await expect.poll(state.stored).toMatchObject([{ review: { requestId, state: "sending" } }]);
    await first[Symbol.asyncDispose]();
    await answer;
    await using next = await start(state.stateFile);
    await untilReview(next.url, (one) => one.state === "following");
    await expect.poll(state.stored).toMatchObject([{ review: { requestId, state: "following" } }]);
    const ids = writes().map((entry) =>
      entry.request.headers.find(({ name }) => name === "ms-requestid"),
    );
    expect(new Set(ids.map((header) => header?.value))).toEqual(new Set([requestId]));
  });

  test("does not send a request after storing it failed", async () => {
    await using state = await stateFolder();
    await using demo = await start(state.stateFile);
    await writeFile(dirname(state.stateFile), "a file in place of the folder");
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    expect((await request(demo.url, school)).status).toBe(500);
    expect(writes()).toEqual([]);
    await rm(dirname(state.stateFile));
    expect((await request(demo.url, school)).status).toBe(201);
    expect(log).toHaveBeenCalled();
    log.mockRestore();
  });

  test("joins clicks on one request, and refuses another with other values meanwhile", async () => {
    await using demo = await start();
    // Long enough for what is sent meanwhile, also on a busy machine.
    mock.control.addFaults({
      kind: "latency",
      delay: "PT3S",
      operationId: "requestQualification",
    });
    const clicks = [1, 2, 3].map(() => request(demo.url, school));
    await untilReview(demo.url, ({ state }) => state === "sending");
    const other = await request(demo.url, school, { website: "www.contoso.edu" });
    expect(other.status).toBe(400);
    expect((await Promise.all(clicks)).map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(writes()).toHaveLength(1);
  });

  test("responds to a repeated MS-RequestId without sending it again", async () => {
    await using demo = await start();
    const requestId = randomUUID();
    const first = await request(demo.url, school, { requestId });
    const again = await request(demo.url, school, { requestId });
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(await again.json()).toEqual(await first.json());
    expect(writes()).toHaveLength(1);
  });
});

describe("live updates", () => {
  test("sends everything to a new page, then only changes", async () => {
    await using demo = await start();
    await request(demo.url, school);
    const messages = listen(demo.url, "reviews");
    expect((await messages.next()).value).toMatchObject({ isWhole: true, items: [{}] });
    const other = "11111111-2222-3333-4444-555555555555";
    await request(demo.url, other, { qualification: "StateOwnedEntity" });
    for await (const { isWhole, items } of messages) {
      expect(isWhole).toBe(false);
      if (items.some((item) => (item as { customerId: string }).customerId === other)) break;
    }
  });
});

describe("the file of reviews", () => {
  test("replaces the file atomically, readable by its owner only", async () => {
    await using state = await stateFolder();
    await mkdir(dirname(state.stateFile));
    // As write-file-atomic names its temporary files.
    await writeFile(`${state.stateFile}.1234567890`, "{");
    await writeFile(`${state.stateFile}.backup`, "");
    await using demo = await start(state.stateFile);
    await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        request(demo.url, `aaaaaaaa-0000-4000-8000-0000000000${10 + at}`),
      ),
    );
    expect(await state.stored()).toHaveLength(20);
    expect(await readFile(state.stateFile, "utf8")).not.toContain("any-token");
    expect((await stat(state.stateFile)).mode & 0o777).toBe(0o600);
    expect(await readdir(dirname(state.stateFile))).toEqual([
      "reviews.json",
      "reviews.json.backup",
    ]);
  });

  test.each([
    ['{"baseUrl": "http://127', "is damaged"],
    ['{"baseUrl": "http://127.0.0.1:1", "reviews": []}', "belongs to http://127.0.0.1:1, not http"],
  ])("does not start with the stored text %j", async (text, message) => {
    await using state = await stateFolder();
    await mkdir(dirname(state.stateFile));
    await writeFile(state.stateFile, text);
    const port = await freePort();
    const { stateFile } = state;
    const starting = startDemo({ baseUrl: mock.url, credential: () => "any", stateFile, port });
    await expect(starting).rejects.toThrow(`${stateFile} ${message}`);
    expect(await readFile(stateFile, "utf8")).toBe(text);
    await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow("fetch failed");
  });
});
