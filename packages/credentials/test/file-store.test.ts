import { randomUUID } from "node:crypto";
import { readdir, readFile, readlink, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fileRefreshTokenStore } from "../src/index.ts";
import { failureOf, world } from "./world.ts";

const soon = () => AbortSignal.timeout(15_000);

test("creates a file for its owner only and leaves nothing beside it", async () => {
  await using w = await world();
  await w.store.exclusively(() => w.store.write("one"), soon());
  await w.store.exclusively(() => w.store.write("two"), soon());
  expect((await stat(w.file)).mode & 0o777).toBe(0o600);
  expect(await readFile(w.file, "utf8")).toBe("two\n");
  expect(await readdir(w.folder)).toEqual(["refresh-token"]);
});

test("ignores the leftovers of a killed write", async () => {
  await using w = await world();
  await w.store.write("one");
  const left = `${w.file}.${randomUUID()}.new`;
  await writeFile(left, "hal");
  expect(await w.store.read()).toBe("one");
  const before = Date.now() / 1000 - 120;
  await utimes(left, before, before);
  await w.store.write("two");
  expect(await w.store.read()).toBe("two");
  expect(await readdir(w.folder)).toEqual(["refresh-token"]);
});

test.each([
  ["of a wait, in an earlier version", (file: string) => `${file}.lock.${randomUUID()}`],
  ["of a write, in an earlier version", (file: string) => `${file}.${randomUUID()}.new`],
])("removes a killed process's old file %s", async (_, name) => {
  await using w = await world();
  const left = name(w.file);
  await writeFile(left, "");
  await w.store.write("one");
  // A running process may still use it.
  expect(await readdir(w.folder)).toHaveLength(2);
  const before = Date.now() / 1000 - 120;
  await utimes(left, before, before);
  await w.store.write("two");
  expect(await readdir(w.folder)).toEqual(["refresh-token"]);
});

test("leaves one complete token after concurrent writes", async () => {
  await using w = await world();
  const tokens = Array.from({ length: 30 }, (_, index) => `${index}`.repeat(100_000));
  await w.store.write(tokens[0]!);
  const writing = Promise.all(tokens.map((token) => w.store.write(token)));
  for (let reads = 0; reads < 300; reads++) expect(tokens).toContain(await w.store.read());
  await writing;
  expect(await readdir(w.folder)).toEqual(["refresh-token"]);
});

test("shares one lock between a link and its target", async () => {
  await using w = await world();
  await w.store.write("one");
  const link = join(w.folder, "link");
  await symlink(w.file, link);
  await w.store.exclusively(async () => {
    const other = fileRefreshTokenStore(link);
    const attempt = other.exclusively(async () => "done", AbortSignal.timeout(300));
    expect(await failureOf(attempt)).toMatchObject({ kind: "timeout" });
  }, soon());
});

test("keeps a link", async () => {
  await using w = await world();
  await w.store.write("one");
  const link = join(w.folder, "link");
  await symlink(w.file, link);
  await fileRefreshTokenStore(link).write("two");
  expect(await readlink(link)).toBe(w.file);
  expect(await w.store.read()).toBe("two");
});

test("keeps a link to a missing file", async () => {
  await using w = await world();
  const link = join(w.folder, "link");
  await symlink("refresh-token", link);
  const store = fileRefreshTokenStore(link);
  await store.exclusively(() => store.write("one"), soon());
  expect(await readlink(link)).toBe("refresh-token");
  expect(await w.store.read()).toBe("one");
});

test("reads no token from an empty file", async () => {
  await using w = await world();
  await writeFile(w.file, "\n", { mode: 0o600 });
  expect(await w.store.read()).toBeUndefined();
});

describe("file lock", () => {
  const dead = { host: hostname(), pid: 2 ** 22 + 1, task: "another" };

  test("runs one task after the other, also in one process", async () => {
    await using w = await world();
    const events: string[] = [];
    const task = (name: string) =>
      w.store.exclusively(async () => {
        events.push(`${name} begins`);
        await new Promise((resolve) => setTimeout(resolve, 30));
        events.push(`${name} ends`);
      }, soon());
    await Promise.all([task("a"), task("b"), task("c")]);
    const names = events.filter((_, index) => index % 2 === 0).map((event) => event[0]);
    expect(events).toEqual(names.flatMap((name) => [`${name} begins`, `${name} ends`]));
  });

  test("breaks the lock of a dead process", async () => {
    await using w = await world();
    await writeFile(`${w.file}.lock`, JSON.stringify(dead));
    expect(await w.store.exclusively(async () => "done", soon())).toBe("done");
  });

  test("breaks the lock of an earlier run with the same process id, as in a container", async () => {
    await using w = await world();
    const lock = `${w.file}.lock`;
    await writeFile(lock, JSON.stringify({ ...dead, pid: process.pid }));
    const before = Date.now() / 1000 - process.uptime() - 1;
    await utimes(lock, before, before);
    expect(await w.store.exclusively(async () => "done", soon())).toBe("done");
  });

  test("respects another thread's lock, despite the same process id", async () => {
    await using w = await world();
    await writeFile(`${w.file}.lock`, JSON.stringify({ ...dead, pid: process.pid }));
    const attempt = w.store.exclusively(async () => "done", AbortSignal.timeout(300));
    const error = await failureOf(attempt);
    expect(error).toMatchObject({ kind: "timeout" });
    expect(error.message).toContain("Another use in this process did not release");
  });

  test("breaks the lock of a reused process id after a while", async () => {
    await using w = await world();
    const lock = `${w.file}.lock`;
    await writeFile(lock, JSON.stringify({ ...dead, pid: process.ppid }));
    const old = Date.now() / 1000 - 120;
    await utimes(lock, old, old);
    expect(await w.store.exclusively(async () => "done", soon())).toBe("done");
  });

  test("lets each of many waiting tasks run", async () => {
    await using w = await world();
    await writeFile(`${w.file}.lock`, JSON.stringify({ ...dead, host: "another" }));
    const signal = AbortSignal.timeout(1000);
    const attempts = Array.from({ length: 30 }, () => w.store.exclusively(async () => "", signal));
    const errors = await Promise.all(attempts.map((attempt) => failureOf(attempt)));
    expect(new Set(errors.map(({ message }) => message))).toHaveLength(1);
    expect(errors[0]).toMatchObject({ kind: "timeout" });
  });

  test("respects another machine's lock until it is older than any exchange", async () => {
    await using w = await world();
    const lock = `${w.file}.lock`;
    await writeFile(lock, JSON.stringify({ ...dead, host: "another" }));
    const attempt = w.store.exclusively(async () => "done", AbortSignal.timeout(300));
    expect(await failureOf(attempt)).toMatchObject({ kind: "timeout" });
    const old = Date.now() / 1000 - 120;
    await utimes(lock, old, old);
    expect(await w.store.exclusively(async () => "done", soon())).toBe("done");
  });

  test("breaks the lock of a process killed while creating it", async () => {
    await using w = await world();
    const lock = `${w.file}.lock`;
    await writeFile(lock, "");
    const attempt = w.store.exclusively(async () => "done", AbortSignal.timeout(300));
    expect(await failureOf(attempt)).toMatchObject({ kind: "timeout" });
    const before = Date.now() / 1000 - 10;
    await utimes(lock, before, before);
    expect(await w.store.exclusively(async () => "done", soon())).toBe("done");
  });

  test("respects a living process's lock and times out", async () => {
    await using w = await world();
    await writeFile(`${w.file}.lock`, JSON.stringify({ ...dead, pid: process.ppid }));
    const attempt = w.store.exclusively(async () => "done", AbortSignal.timeout(300));
    const error = await failureOf(attempt);
    expect(error).toMatchObject({ kind: "timeout" });
    expect(error.message).toMatch(
      /Another process .* in time\. Check the process whose id is in .*\.lock/,
    );
  });

  test("releases the lock when the task fails", async () => {
    await using w = await world();
    const failing = w.store.exclusively(async () => {
      throw new Error("The task's own");
    }, soon());
    expect((await failureOf(failing)).message).toBe("The task's own");
    expect(await readdir(w.folder)).toEqual([]);
  });
});
