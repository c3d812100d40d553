import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { appUserCredential } from "../src/index.ts";
import { run } from "./run.ts";
import { scope, world } from "./world.ts";

test("removes all files of killed processes at the next use", async () => {
  await using w = await world();
  await w.store.write(w.entra.issueRefreshToken());
  let release: (() => void) | undefined;
  const held = w.store.exclusively(
    () => new Promise<void>((resolve) => (release = resolve)),
    AbortSignal.timeout(60_000),
  );
  // Waiting processes measure the age of the lock; its earlier holders wrote.
  const waiting = Array.from({ length: 4 }, () =>
    run("refresh-in-a-loop.ts", ["1000", "0"], w.env),
  );
  for (const { child } of waiting) child.stdin?.write("go");
  for (const { printed } of waiting) await printed(/ready/);
  const seen = new Set<string>();
  const end = Date.now() + 2000;
  while (Date.now() < end) for (const name of await readdir(w.folder)) seen.add(name);
  for (const { child } of waiting) child.kill("SIGKILL");
  for (const { ended } of waiting) await ended;
  // A temporary file of a killed process stays until the next use, whatever its name.
  const moment = [...seen].find((name) => !/^refresh-token(\.lock)?$/.test(name));
  if (moment) await writeFile(join(w.folder, moment), "");
  release?.();
  await held;
  await appUserCredential({ ...w.options, store: w.store }).getToken(scope);
  expect(await readdir(w.folder)).toEqual(["refresh-token"]);
  expect(moment).toBeDefined();
}, 60_000);
