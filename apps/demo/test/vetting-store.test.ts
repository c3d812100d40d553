import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { FollowedVetting } from "../src/shared/followed-vetting.ts";
import { startDemo } from "../src/server/start-demo.ts";
import { VettingStore } from "../src/server/vetting-store.ts";

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

test("what is saved is loaded again, for the same Partner Center only", async () => {
  const store = new VettingStore(file, baseUrl);
  expect(await store.load()).toEqual([]);
  await store.save([stored(1)]);
  expect(await new VettingStore(file, baseUrl).load()).toEqual([stored(1)]);
  await expect(new VettingStore(file, "http://127.0.0.1:5498").load()).rejects.toThrow(
    `${file} is about ${baseUrl}, not http://127.0.0.1:5498: name another file`,
  );
});

test("of many savings at once the last is kept, the file is whole all the time, and nobody else reads it", async () => {
  const store = new VettingStore(file, baseUrl);
  await store.save([stored(0)]);
  const savings = Array.from({ length: 200 }, (_, looks) => store.save([stored(looks)]));
  for (let reads = 0; reads < 50; reads++) JSON.parse(await readFile(file, "utf8"));
  await Promise.all(savings);
  expect(await store.load()).toEqual([stored(199)]);
  expect(await readdir(join(folder, "below"))).toEqual(["followed.json"]);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test("a damaged file is told at the start, and left as it is", async () => {
  const damaged = join(folder, "damaged.json");
  await writeFile(damaged, '{"baseUrl": "http://127');
  const starting = startDemo({ baseUrl, credential: () => "any", stateFile: damaged });
  await expect(starting).rejects.toThrow(`${damaged} is damaged`);
  expect(await readFile(damaged, "utf8")).toBe('{"baseUrl": "http://127');
});
