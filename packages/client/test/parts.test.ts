import { cp, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, expect, test } from "vitest";
import type * as Client from "../src/index.ts";

// The built package without the files that it loads on demand, as after the release of a page's next version.

const customerId = "11111111-2222-3333-4444-555555555555";
let client: typeof Client;

beforeAll(async () => {
  const directory = await mkdtemp(join(tmpdir(), "parts-"));
  await cp(join(import.meta.dirname, "../dist"), directory, { recursive: true });
  const main = await readFile(join(directory, "index.js"), "utf8");
  const atStartup = Array.from(main.matchAll(/^import .* from "\.\/(.*)";$/gm), ([, name]) => name);
  for (const name of await readdir(directory)) {
    const isPart = /-[\w-]+\.js$/.test(name) && !atStartup.includes(name);
    if (isPart) await rm(join(directory, name));
  }
  client = await import(/* @vite-ignore */ pathToFileURL(join(directory, "index.js")).href);
  return () => rm(directory, { recursive: true });
});

/** Returns a client whose requests get these responses, and what it did. */
function start(responses: Response[], hooks?: Client.Hooks) {
  const waits: number[] = [];
  let sent = 0;
  const runtime: Client.Runtime = {
    now: () => Date.now(),
    random: () => 0,
    uuid: () => crypto.randomUUID(),
    sleep: async (ms) => void waits.push(ms),
  };
  const { qualifications } = client.createQualificationsClient({
    credential: () => "token",
    fetch: async () => responses[sent++]!,
    runtime,
    hooks,
  });
  return { qualifications, waits, sent: () => sent };
}

test("keeps the service's error when the reader of its words cannot be loaded", async () => {
  const { qualifications } = start([Response.json({ code: 900 }, { status: 403 })]);
  const error = await qualifications.list(customerId).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(client.PermissionError);
  expect(error).toMatchObject({ kind: "permission", status: 403, attempts: 1 });
  expect((error as Error).message).toBe("Partner Center returned 403");
});

test("keeps the error of a 2xx response that is not a list", async () => {
  const { qualifications } = start([new Response("<html>")]);
  await expect(qualifications.list(customerId)).rejects.toMatchObject({
    kind: "unexpectedResponse",
    status: 200,
  });
});

test("waits for Retry-After when the rate limit cannot be loaded", async () => {
  const limited = new Response(null, { status: 429, headers: { "retry-after": "7" } });
  const { qualifications, waits } = start([limited, Response.json([])]);
  expect(await qualifications.list(customerId)).toEqual([]);
  expect(waits).toEqual([7000]);
});

const notLoaded = {
  kind: "connection",
  message: "A client module failed to load; call again to retry",
};

test("sends no request that it could not follow", async () => {
  const { qualifications, sent } = start([]);
  const body = { qualification: "Education", educationSegment: "K12" } as const;
  await expect(qualifications.request(customerId, body)).rejects.toMatchObject(notLoaded);
  expect(sent()).toBe(0);
});

test("sends nothing that its hooks could not see", async () => {
  const { qualifications, sent } = start([], { callStart() {} });
  await expect(qualifications.list(customerId)).rejects.toMatchObject(notLoaded);
  expect(sent()).toBe(0);
});
