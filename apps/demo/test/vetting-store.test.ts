import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { FollowedVetting } from "../src/shared/followed-vetting.ts";
import { startDemo } from "../src/server/start-demo.ts";
import { VettingStore } from "../src/server/vetting-store.ts";

/** Told once a file that was written is closed. */
let onClose: (() => Promise<void>) | undefined;
vi.mock("node:fs/promises", async (importOriginal) => {
  const real = await importOriginal<typeof import("node:fs/promises")>();
  return {
    ...real,
    async open(...args: Parameters<typeof real.open>) {
      const handle = await real.open(...args);
      const dispose = async () => {
        await handle.close();
        void onClose?.();
      };
      return Object.assign(handle, { [Symbol.asyncDispose]: dispose });
    },
  };
});

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

test("removes what a killed demo left of a saving, when the next one starts", async () => {
  const store = new VettingStore(file, baseUrl);
  await store.save([stored(1)]);
  await writeFile(`${file}.new`, '{"baseUrl": "http://127');
  expect(await new VettingStore(file, baseUrl).load()).toEqual([stored(1)]);
  expect(await readdir(join(folder, "below"))).toEqual(["followed.json"]);
});

test("what is saved as the saving before ends is on the disk too", async () => {
  for (let steps = 0; steps < 12; steps++) {
    const store = new VettingStore(file, baseUrl);
    const saved = new Promise<void>((resolve) => {
      onClose = async () => {
        onClose = undefined;
        for (let step = 0; step < steps; step++) await Promise.resolve();
        await store.save([stored(steps)]);
        resolve();
      };
    });
    await store.save([stored(99)]);
    await saved;
    expect(await store.load(), `${steps} steps later`).toEqual([stored(steps)]);
  }
});

test("a damaged file is told at the start, and left as it is, and nobody is let in", async () => {
  const damaged = join(folder, "damaged.json");
  await writeFile(damaged, '{"baseUrl": "http://127');
  const port = await freePort();
  const starting = startDemo({ baseUrl, credential: () => "any", stateFile: damaged, port });
  await expect(starting).rejects.toThrow(`${damaged} is damaged`);
  expect(await readFile(damaged, "utf8")).toBe('{"baseUrl": "http://127');
  await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow("fetch failed");
});
