import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { startProcess } from "./support/demo-process.ts";
import { patience } from "./support/open.ts";
import { startRemoteMock } from "./support/remote-mock.ts";
import { request, stateFolder } from "./support/server.ts";

vi.setConfig({ testTimeout: 30 * patience });

interface Sent {
  customerId: string;
  requestId: string;
}
let customers = 0;

function newRequest(): Sent {
  const customerId = `aaaaaaaa-0000-4000-8000-${String(++customers).padStart(12, "0")}`;
  return { customerId, requestId: randomUUID() };
}

const idsOf = (list: { requestId?: string | undefined }[]) =>
  list.map(({ requestId }) => requestId);

test("follows every sent request over 50 kills at random moments", async () => {
  await using mock = await startRemoteMock();
  await using state = await stateFolder();
  const env = { MOCK_URL: mock.url, STATE_FILE: state.stateFile, PORT: "0" };
  const stored = async () => (await state.stored()).map(({ review }) => review);
  const isWritten = async ({ customerId }: Sent) => {
    const headers = { Authorization: "Bearer any-token" };
    const path = `${mock.url}/v1/customers/${customerId}/qualifications`;
    return ((await (await fetch(path, { headers })).json()) as unknown[]).length > 0;
  };
  const slow = { kind: "latency", operationId: "requestQualification", delay: "PT0.3S" } as const;
  let demo = await startProcess(env);
  await using last = { [Symbol.asyncDispose]: () => demo[Symbol.asyncDispose]() };
  // How long the requests of a new process take on this machine: the kills are spread over that time.
  await mock.addFaults({ ...slow, count: 1 });
  const began = performance.now();
  await request(demo.url, newRequest().customerId, { qualification: "StateOwnedEntity" });
  const tookMs = performance.now() - began;
  let [left, finished] = [0, 0];
  for (let kill = 0; kill < 50; kill++) {
    // The journal of the mock holds a thousand exchanges.
    if (kill % 5 === 0) await mock.begin();
    // The mock writes first and responds later, so that most kills fall between the two.
    await mock.addFaults({ ...slow, count: 1000 });
    const sent = Array.from({ length: 4 }, newRequest);
    const { url } = demo;
    const answers = sent.map(async ({ customerId, requestId }, at) => {
      await delay(at * 15);
      return request(url, customerId, { requestId }).catch(() => undefined);
    });
    await delay(Math.random() * tookMs);
    await demo[Symbol.asyncDispose]();
    const statuses = (await Promise.all(answers)).map((response) => response?.status);

    const known = new Set(idsOf(await stored()));
    const lost: Sent[] = [];
    for (const [at, one] of sent.entries()) {
      const hasAnswer = statuses[at] === 201;
      if (!hasAnswer && !(await isWritten(one))) continue;
      left++;
      if (!hasAnswer) finished++;
      if (!known.has(one.requestId)) lost.push(one);
    }
    expect(lost, `kill ${kill}`).toEqual([]);

    demo = await startProcess(env);
    const states = async () => new Set((await stored()).map((review) => review.state));
    await expect.poll(states, { timeout: patience }).not.toContain("sending");
    await mock.advance("P7D");
    await expect.poll(states, { timeout: patience }).not.toContain("following");
    expect(idsOf(await stored())).toEqual(expect.arrayContaining([...known]));
    // Sent again or not, each is one request.
    const ids = new Map<string, Set<string | undefined>>();
    for (const { path, requestId } of await mock.writes()) {
      ids.set(path, (ids.get(path) ?? new Set()).add(requestId));
    }
    for (const [path, all] of ids) expect(all.size, path).toBe(1);
  }
  console.log(
    `${Math.round(tookMs)} ms a request: ${left} left, ${finished} of them without a response before the kill`,
  );
  expect(finished).toBeGreaterThan(10);
  expect(await readFile(state.stateFile, "utf8")).not.toContain("any-token");
  await last[Symbol.asyncDispose]();
});
