import { access, readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { appUserCredential } from "../src/index.ts";
import { run } from "./run.ts";
import { scope, world } from "./world.ts";

test("two processes on one store lose no rotation", async () => {
  // Each refresh token works once, so that losing one would show.
  await using w = await world({ takenOnce: true });
  await w.store.write(w.entra.issueRefreshToken());
  const both = [1, 2].map(() => run("refresh-in-a-loop.ts", ["12", "60"], w.env));
  for (const { printed } of both) await printed(/ready/);
  for (const { child } of both) child.stdin?.write("go");
  for (const { ended, output } of both) {
    expect(await ended, output.stderr).toEqual({ code: 0, signal: null });
  }
  expect(w.entra.requests.map(({ status }) => status)).toEqual(Array(24).fill(200));
  expect((await readFile(w.file, "utf8")).trim()).toBe(w.entra.refreshTokens.at(-1));
  // Checks that they overlapped.
  const times = both.map(({ output }) => output.stdout.match(/\d+/g)!.map(Number));
  expect(times[0]![0]!).toBeLessThan(times[1]!.at(-1)!);
  expect(times[1]![0]!).toBeLessThan(times[0]!.at(-1)!);
  await expect(access(`${w.file}.lock`)).rejects.toThrow("ENOENT");
}, 60_000);

test("loses nothing when killed between receiving and storing", async () => {
  await using w = await world();
  const first = w.entra.issueRefreshToken();
  await w.store.write(first);
  const killed = run("die-before-storing.ts", [], w.env);
  expect(await killed.ended, killed.output.stderr).toEqual({ code: null, signal: "SIGKILL" });
  expect(w.entra.requests).toMatchObject([{ status: 200, form: { refresh_token: first } }]);
  expect((await readFile(w.file, "utf8")).trim()).toBe(first);
  // The next process breaks the lock that it left.
  await access(`${w.file}.lock`);

  await appUserCredential({ ...w.options, store: w.store }).getToken(scope);
  expect((await readFile(w.file, "utf8")).trim()).toBe(w.entra.refreshTokens.at(-1));
  await expect(access(`${w.file}.lock`)).rejects.toThrow("ENOENT");
}, 60_000);

test("keeps a valid token when killed at any moment", async () => {
  await using w = await world();
  await w.store.write(w.entra.issueRefreshToken());
  for (const afterMs of process.env.SWEEPS ? [0, 1, 2, 4, 8, 16] : [1]) {
    const before = w.entra.requests.length;
    const { child, ended } = run("refresh-in-a-loop.ts", ["1000", "0"], w.env);
    child.stdin?.write("go");
    await expect
      .poll(() => w.entra.requests.length, { timeout: 20_000 })
      .toBeGreaterThan(before + 2);
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    child.kill("SIGKILL");
    await ended;
    expect(w.entra.refreshTokens).toContain((await readFile(w.file, "utf8")).trim());
    await appUserCredential({ ...w.options, store: w.store }).getToken(scope);
    expect(await readdir(w.folder)).toEqual(["refresh-token"]);
  }
}, 120_000);
