import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { appUserCredential, fileRefreshTokenStore } from "../src/index.ts";
import { run } from "./run.ts";
import { failureOf, scope, world } from "./world.ts";

/** What a credential says of a file. */
async function asked(w: Awaited<ReturnType<typeof world>>, file = w.file): Promise<string> {
  const store = fileRefreshTokenStore(file);
  const error = await failureOf(appUserCredential({ ...w.options, store }).getToken(scope));
  expect(error).toMatchObject({ kind: "storeUnusable" });
  expect(w.entra.requests).toEqual([]);
  return error.message;
}

describe("a store's file", () => {
  test.each(["0644", "0640", "0604", "0660", "0620"])("with mode %s", async (mode) => {
    await using w = await world();
    await w.store.write(w.entra.issueRefreshToken());
    await chmod(w.file, Number.parseInt(mode, 8));
    expect(await asked(w)).toContain(`(mode ${mode})`);
    await chmod(w.file, 0o600);
    await appUserCredential({ ...w.options, store: w.store }).getToken(scope);
  });

  test("that is a folder", async () => {
    await using w = await world();
    await mkdir(w.file);
    expect(await asked(w)).toMatch(/cannot be read \(EISDIR\)|may be read or written by others/);
    await chmod(w.file, 0o700);
    expect(await asked(w)).toMatch(/cannot be read \(EISDIR\)/);
  });

  test("that a link leads to and back", async () => {
    await using w = await world();
    await symlink(w.file, w.file);
    expect(await asked(w)).toMatch(/cannot be read \(ELOOP\)/);
  });

  test("in a folder that is not there", async () => {
    await using w = await world();
    expect(await asked(w, join(w.folder, "none", "token"))).toMatch(/cannot be locked \(ENOENT\)/);
  });

  test("of another user, who lets nobody read", async () => {
    await using w = await world();
    await w.store.write(w.entra.issueRefreshToken());
    // Everybody may write to the folder, so that it is the file that refuses.
    await chmod(w.folder, 0o777);
    const { output, ended } = run("read-as-another.ts", [], w.env);
    expect(await ended, output.stderr).toMatchObject({ code: 0 });
    // In a private temporary folder, another user does not even reach the lock.
    expect(output.stdout).toMatch(/storeUnusable .* cannot be (read|locked) \(EACCES\)/);
  });

  test("that cannot be replaced keeps its old token", async () => {
    await using w = await world();
    // Its name leaves no room for that of the file that takes its place: as bad as a full disk.
    const file = join(w.folder, "t".repeat(250));
    await writeFile(file, "token", { mode: 0o600 });
    const store = fileRefreshTokenStore(file);
    const error = await failureOf(store.write("another"));
    expect(error).toMatchObject({ kind: "storeUnusable" });
    expect(error.message).toMatch(/cannot be written \(\w+\).*still there/);
    expect(await store.read()).toBe("token");
  });
});
