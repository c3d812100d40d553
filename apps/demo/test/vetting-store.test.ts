import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { FollowedVetting } from "../src/shared/messages.ts";
import { startDemo } from "../src/server/start-demo.ts";
import { VettingStore } from "../src/server/vetting-store.ts";

/** A port that is free at this moment. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

const baseUrl = "http://127.0.0.1:5499";
let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "demo-"));
  file = join(folder, "below", "followed.json");
});
afterEach(() => rm(folder, { recursive: true }));

function stored(looks: number) {
  const vetting: FollowedVetting = {
    customerId: "22222222-2222-3333-4444-555555555555",
    qualification: "Education",
    requestId: "aaaaaaaa-1111-4000-8000-000000000001",
    state: "following",
    looks,
    timeline: [],
  };
  return { token: "pq1.token", vetting };
}

/** What another process would load. */
const load = () => new VettingStore(file, baseUrl).load();
const content = (looks: number) => ({ requests: [], vettings: [stored(looks)] });

test("loads what was saved, for the same Partner Center only", async () => {
  const store = new VettingStore(file, baseUrl);
  expect(await store.load()).toEqual({ requests: [], vettings: [] });
  await store.save({ vettings: [stored(1)] });
  expect(await load()).toEqual(content(1));
  await expect(new VettingStore(file, "http://127.0.0.1:5498").load()).rejects.toThrow(
    `${file} is about ${baseUrl}, not http://127.0.0.1:5498: name another file`,
  );
});

test("keeps the requests when vettings are saved, and the other way around", async () => {
  const request = {
    customerId: "22222222-2222-3333-4444-555555555555",
    requestId: "aaaaaaaa-1111-4000-8000-000000000002",
    body: { qualification: "StateOwnedEntity" },
    sentAt: 1,
  } as const;
  const store = new VettingStore(file, baseUrl);
  await Promise.all([store.save({ requests: [request] }), store.save({ vettings: [stored(1)] })]);
  expect(await load()).toEqual({ requests: [request], vettings: [stored(1)] });
});

test("keeps the last of many saves in a whole file that only its owner reads", async () => {
  const store = new VettingStore(file, baseUrl);
  await store.save({ vettings: [stored(0)] });
  const saves = Array.from({ length: 200 }, (_, looks) =>
    store.save({ vettings: [stored(looks)] }),
  );
  for (let reads = 0; reads < 50; reads++) JSON.parse(await readFile(file, "utf8"));
  await Promise.all(saves);
  expect(await load()).toEqual(content(199));
  expect(await readdir(join(folder, "below"))).toEqual(["followed.json"]);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test("removes what a killed demo left of a save when the next one starts", async () => {
  await new VettingStore(file, baseUrl).save({ vettings: [stored(1)] });
  // As write-file-atomic names its temporary files.
  await writeFile(`${file}.1234567890`, '{"baseUrl": "http://127');
  await writeFile(`${file}.backup`, "");
  expect(await load()).toEqual(content(1));
  expect(await readdir(join(folder, "below"))).toEqual(["followed.json", "followed.json.backup"]);
});

test("has a save on the disk when it resolves, at whatever moment it was made", async () => {
  const store = new VettingStore(file, baseUrl);
  for (let steps = 0; steps < 12; steps++) {
    const first = store.save({ vettings: [stored(99)] });
    if (steps % 2 > 0) await first;
    for (let step = 0; step < steps / 2; step++) await Promise.resolve();
    await store.save({ vettings: [stored(steps)] });
    expect(await load(), `${steps} steps later`).toEqual(content(steps));
  }
});

test("keeps the old file when a save fails, and saves again afterwards", async () => {
  const store = new VettingStore(file, baseUrl);
  await store.save({ vettings: [stored(1)] });
  await rm(join(folder, "below"), { recursive: true });
  await writeFile(join(folder, "below"), "a file in place of the folder");
  await expect(store.save({ vettings: [stored(2)] })).rejects.toThrow(/EEXIST|ENOTDIR/);
  await rm(join(folder, "below"));
  await store.save({ vettings: [stored(3)] });
  expect(await load()).toEqual(content(3));
});

test("refuses to start with a damaged file, and leaves it as it is", async () => {
  const damaged = join(folder, "damaged.json");
  await writeFile(damaged, '{"baseUrl": "http://127');
  const port = await freePort();
  const starting = startDemo({ baseUrl, credential: () => "any", stateFile: damaged, port });
  await expect(starting).rejects.toThrow(`${damaged} is damaged`);
  expect(await readFile(damaged, "utf8")).toBe('{"baseUrl": "http://127');
  await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow("fetch failed");
});
