import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test, vi } from "vitest";
import { checkTarball } from "../src/check-tarball.ts";
import { isPlaceholder, root } from "../src/packages.ts";

// Each mistake ends in one line that names the command to run.

vi.setConfig({ testTimeout: 60_000 });

const exec = promisify(execFile);

/** Runs a program of this package, and returns what it prints. */
const run = (file: string, args: string[], cwd = root) =>
  exec(process.execPath, [join(root, "tools/release/src", file), ...args], { cwd }).then(
    ({ stdout }) => stdout,
    ({ stderr }: { stderr: string }) => stderr,
  );

async function folder(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "release-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  return directory;
}

test("rejects an unreachable registry", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.close();
  await once(server, "close");
  const args = ["publish", "--registry", registry, "--tag", "canary"];
  expect(await run("release.ts", args)).toBe(
    `${registry} cannot be reached (ECONNREFUSED): check the network, then run npx -y pnpm@12 release publish again\n`,
  );
});

test("refuses a canary without a commit", async () => {
  expect(await run("release.ts", ["canary"])).toBe(
    "--id is missing: run npx -y pnpm@12 release canary --id COMMIT\n",
  );
});

test("recognizes the placeholder of the repository's home", () => {
  expect(isPlaceholder("https://github.com/OWNER/partner-qualifications")).toBe(true);
  expect(isPlaceholder("https://github.com/contoso/partner-qualifications")).toBe(false);
});

test("refuses to pack an unbuilt package", async () => {
  const directory = await folder();
  await writeFile(join(directory, "package.json"), "{}");
  expect(await run("fresh.mjs", [], directory)).toMatch(
    / is not built: run npx -y pnpm@12 build\n$/,
  );
});

test("removes the files of an earlier build before packing", async () => {
  const directory = await folder();
  await writeFile(join(directory, "package.json"), "{}");
  await mkdir(join(directory, "dist/part"), { recursive: true });
  for (const name of ["index.js", "part/index.js"]) {
    await writeFile(join(directory, "dist", name), "");
  }
  await run("fresh.mjs", ["stamp"], directory);
  // Turbo restores a build without removing what is there already.
  for (const name of ["old.js", "part/old.js"]) await writeFile(join(directory, "dist", name), "");
  expect(await run("fresh.mjs", [], directory)).toBe("");
  const left = await readdir(join(directory, "dist"), { recursive: true });
  expect(left.toSorted()).toEqual(["fingerprint", "index.js", "part", join("part", "index.js")]);
});

test("refuses to pack a build that does not list its files", async () => {
  const directory = await folder();
  await writeFile(join(directory, "package.json"), "{}");
  await mkdir(join(directory, "dist"));
  await writeFile(join(directory, "dist/index.js"), "");
  await run("fresh.mjs", ["stamp"], directory);
  const stamp = join(directory, "dist/fingerprint");
  const [fingerprint = ""] = (await readFile(stamp, "utf8")).split("\n");
  await writeFile(stamp, fingerprint);
  expect(await run("fresh.mjs", [], directory)).toMatch(
    / has changed since it was built: run npx -y pnpm@12 build\n$/,
  );
  expect(await readdir(join(directory, "dist"))).toContain("index.js");
});

test("refuses to pack sources changed after the build", async () => {
  const directory = await folder();
  await writeFile(join(directory, "package.json"), "{}");
  await mkdir(join(directory, "dist"));
  await writeFile(join(directory, "dist/index.js"), "");
  await run("fresh.mjs", ["stamp"], directory);
  expect(await run("fresh.mjs", [], directory)).toBe("");
  await writeFile(join(directory, "index.ts"), "");
  expect(await run("fresh.mjs", [], directory)).toMatch(
    / has changed since it was built: run npx -y pnpm@12 build\n$/,
  );
});

test("finds each mistake of a tarball", async () => {
  const directory = await folder();
  const files = {
    "package.json": JSON.stringify({
      name: "@partner-qualifications/client",
      version: "1.0.0",
      main: "./dist/index.cjs",
      dependencies: { "@partner-qualifications/spec": "workspace:*", "openapi-fetch": "0.17.0" },
      scripts: { postinstall: "node install.js" },
    }),
    "README.md": "# Client\n\nSee [the contract](../../spec).\n",
    "src/index.test.ts": "",
    ".env": "",
    "dist/index.js.map": JSON.stringify({ sources: ["../src/lost.ts"] }),
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(directory, "package", name, ".."), { recursive: true });
    await writeFile(join(directory, "package", name), text);
  }
  await exec("tar", ["-czf", "package.tgz", "package"], { cwd: directory });
  const bytes = new Uint8Array(await readFile(join(directory, "package.tgz")));
  const client = "@partner-qualifications/client";
  const place = "packages/client/package.json";
  expect(checkTarball("packages/client", bytes).problems.toSorted()).toEqual(
    [
      `${client} contains .env: remove it from "files" of ${place}`,
      `${client} contains src/index.test.ts: remove it from "files" of ${place}`,
      `${client} has no LICENSE: add it to packages/client`,
      ...["author", "bugs", "description", "homepage", "keywords", "license", "repository"].map(
        (field) => `${client} has no ${field}: add it to ${place}`,
      ),
      `${client} needs @partner-qualifications/spec@workspace:*: pack it with pnpm pack, not with npm`,
      `${client} pins openapi-fetch to 0.17.0: write a range, such as ^0.17.0`,
      `${client} runs a script at postinstall: remove it from ${place}`,
      `${client} lacks dist/index.cjs: run npx -y pnpm@12 build, and pack again`,
      `${client} has a README whose first block does not install it: begin with npm install ${client}`,
      `${client} links to ../../spec in its README: run npx -y pnpm@12 format`,
      `${client} has dist/index.js.map, which leads to src/lost.ts: run npx -y pnpm@12 build, and pack again`,
    ].toSorted(),
  );
});
