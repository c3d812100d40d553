import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { appUserCredential, fileRefreshTokenStore } from "../src/index.ts";
import { run } from "./run.ts";
import { failureOf, scope, world } from "./world.ts";

/** The error message of a credential on a file. */
async function asked(w: Awaited<ReturnType<typeof world>>, file = w.file): Promise<string> {
  const store = fileRefreshTokenStore(file);
  const error = await failureOf(appUserCredential({ ...w.options, store }).getToken(scope));
  expect(error).toMatchObject({ kind: "storeUnusable" });
  expect(w.entra.requests).toEqual([]);
  return error.message;
}

describe("reports a refresh token file", () => {
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
    expect(await asked(w)).toMatch(
      /cannot be read \(EISDIR\)|can be read or written by other users/,
    );
    await chmod(w.file, 0o700);
    expect(await asked(w)).toMatch(/cannot be read \(EISDIR\)/);
  });

  test("that is a circular link", async () => {
    await using w = await world();
    await symlink(w.file, w.file);
    expect(await asked(w)).toMatch(/cannot be read \(ELOOP\)/);
  });

  test("in a missing folder", async () => {
    await using w = await world();
    expect(await asked(w, join(w.folder, "none", "token"))).toMatch(/cannot be locked \(ENOENT\)/);
  });

  test("of another user without read permission", async () => {
    await using w = await world();
    await w.store.write(w.entra.issueRefreshToken());
    // Anyone may write to the folder, so that the file is what fails.
    await chmod(w.folder, 0o777);
    const { output, ended } = run("read-as-another.ts", [], w.env);
    expect(await ended, output.stderr).toMatchObject({ code: 0 });
    // In a private temporary folder, another user cannot even reach the lock.
    expect(output.stdout).toMatch(/storeUnusable .* cannot be (read|locked) \(EACCES\)/);
  });

  test("that cannot be replaced, and keeps its old token", async () => {
    await using w = await world();
    // No room in the name for a temporary file's suffix: fails like a full disk.
    const file = join(w.folder, "t".repeat(250));
    await writeFile(file, "token", { mode: 0o600 });
    const store = fileRefreshTokenStore(file);
    const error = await failureOf(store.write("another"));
    expect(error).toMatchObject({ kind: "storeUnusable" });
    expect(error.message).toMatch(/cannot be written \(\w+\).*still stored/);
    expect(await store.read()).toBe("token");
  });
});
