import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { startDemo } from "../src/server/start-demo.ts";
import { startProcess } from "./support/demo-process.ts";
import { patience } from "./support/open.ts";
import { type RemoteMock, startRemoteMock } from "./support/remote-mock.ts";

vi.setConfig({ testTimeout: 10 * patience, hookTimeout: 4 * patience });

let mock: RemoteMock;
let folder: string;
let env: { MOCK_URL: string; STATE_FILE: string; PORT: string };
beforeAll(async () => {
  mock = await startRemoteMock();
  return () => mock[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await mock.begin();
  folder = await mkdtemp(join(tmpdir(), "demo-"));
  env = { MOCK_URL: mock.url, STATE_FILE: join(folder, "followed.json"), PORT: "0" };
  return () => rm(folder, { recursive: true });
});

interface Sent {
  customerId: string;
  requestId: string;
}
let customers = 0;

/** Sends a request as the page does. A killed server gives no response. */
async function post(url: string, { customerId, requestId }: Sent): Promise<number | undefined> {
  const response = await fetch(`${url}/api/v1/customers/${customerId}/qualifications`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: url, "MS-RequestId": requestId },
    body: JSON.stringify({ qualification: "Education", educationSegment: "K12" }),
  }).catch(() => undefined);
  return response?.status;
}

function newRequest(): Sent {
  const customerId = `aaaaaaaa-0000-4000-8000-${String(++customers).padStart(12, "0")}`;
  return { customerId, requestId: randomUUID() };
}

/** What the demo has on the disk. */
async function stored() {
  const text = await readFile(env.STATE_FILE, "utf8").catch(() => '{"requests":[],"vettings":[]}');
  const { requests, vettings } = JSON.parse(text) as {
    requests: Sent[];
    vettings: { vetting: Sent & { state: string } }[];
  };
  const followed = vettings.map(({ vetting }) => vetting);
  const inReview = followed.filter(({ state }) => state !== "ended");
  return { open: requests.map(({ requestId }) => requestId), followed, inReview };
}

/** Whether Partner Center has carried a request out. */
async function isWritten({ customerId }: Sent): Promise<boolean> {
  const response = await fetch(`${mock.url}/v1/customers/${customerId}/qualifications`, {
    headers: { Authorization: "Bearer any-token" },
  });
  return ((await response.json()) as unknown[]).length > 0;
}

const slow = { kind: "latency", operationId: "requestQualification" } as const;

const idsOf = (list: { requestId?: string | undefined }[]) =>
  new Set(list.map(({ requestId }) => requestId));

const kills = process.env.SWEEPS ? 50 : 5;

test(`follows every request that left, over ${kills} kills at random moments`, async () => {
  let demo = await startProcess(env);
  await using last = { [Symbol.asyncDispose]: () => demo[Symbol.asyncDispose]() };
  for (let kill = 0; kill < kills; kill++) {
    // The journal of the mock holds a thousand exchanges.
    if (kill % 5 === 0) await mock.begin();
    // The mock writes first and responds later, so that most kills fall between the two.
    await mock.addFaults({ ...slow, delay: "PT0.3S", count: 1000 });
    const sent = Array.from({ length: 4 }, newRequest);
    const { url } = demo;
    const answers = sent.map(async (request, at) => {
      await delay(at * 15);
      return post(url, request);
    });
    await delay(Math.random() * 400);
    await demo[Symbol.asyncDispose]();
    const statuses = await Promise.all(answers);

    const left = await stored();
    const known = new Set([...left.open, ...idsOf(left.followed)]);
    const gone: Sent[] = [];
    for (const [at, request] of sent.entries()) {
      if (statuses[at] === 201 || (await isWritten(request))) gone.push(request);
    }
    expect(gone.filter(({ requestId }) => !known.has(requestId))).toEqual([]);

    demo = await startProcess(env);
    await expect.poll(async () => (await stored()).open, { timeout: patience }).toEqual([]);
    await mock.advance("P7D");
    await expect.poll(async () => (await stored()).inReview, { timeout: patience }).toEqual([]);
    const followed = idsOf((await stored()).followed);
    expect([...known].filter((id) => !followed.has(id))).toEqual([]);
    // Sent again or not, each is one request.
    const ids = new Map<string, Set<string | undefined>>();
    for (const { path, requestId } of await mock.writes()) {
      ids.set(path, (ids.get(path) ?? new Set()).add(requestId));
    }
    for (const [path, all] of ids) expect(all.size, path).toBe(1);
  }
  await last[Symbol.asyncDispose]();
});

test("finishes what was under way, although the browser is gone", async () => {
  const taken = newRequest();
  const refused = { customerId: "00000000-0000-4000-8000-000000000403", requestId: randomUUID() };
  await mock.addFaults({ ...slow, delay: "PT9S", count: 2 });
  const first = await startProcess(env);
  const answers = [taken, refused].map((request) => post(first.url, request));
  await expect
    .poll(async () => new Set((await stored()).open), { timeout: patience })
    .toEqual(idsOf([taken, refused]));
  await first[Symbol.asyncDispose]();
  expect(await Promise.all(answers)).toEqual([undefined, undefined]);

  await using next = await startProcess(env);
  expect(next.url).toMatch(/^http:/);
  await expect.poll(async () => (await stored()).open, { timeout: patience }).toEqual([]);
  expect(idsOf((await stored()).followed)).toEqual(idsOf([taken]));
  expect(idsOf(await mock.writes())).toEqual(idsOf([taken, refused]));
});

test("does not send a request that it cannot store", async () => {
  const stateFile = join(folder, "below", "followed.json");
  await using demo = await startDemo({ baseUrl: mock.url, credential: () => "any", stateFile });
  await writeFile(join(folder, "below"), "a file in place of the folder");
  expect(await post(demo.url, newRequest())).toBe(500);
  expect(await mock.writes()).toEqual([]);
});
