import { execFile } from "node:child_process";
import {
  cp,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  realpath,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { transformFileAsync } from "@babel/core";
import { expect, onTestFinished, test } from "vitest";
import { startPortableServer } from "./portable/server.ts";

const exec = promisify(execFile);
const root = join(import.meta.dirname, "..");

/** The class transforms of React Native, Metro and old targets. */
const plugins = [
  "@babel/plugin-transform-private-methods",
  "@babel/plugin-transform-class-properties",
  "@babel/plugin-transform-classes",
].map((name) => import.meta.resolve(name).replace("file://", ""));

test("passes the portable cases when classes are compiled away", async () => {
  const directory = await mkdtemp(join(tmpdir(), "lowered-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const modules = join(directory, "node_modules");
  const installed = join(modules, "@partner-qualifications/client");
  await mkdir(join(installed, "dist"), { recursive: true });
  await cp(join(root, "package.json"), join(installed, "package.json"));
  await symlink(
    await realpath(join(root, "node_modules/openapi-fetch")),
    join(modules, "openapi-fetch"),
  );
  const files = (await readdir(join(root, "dist"))).filter((name) => /^(?!node).*\.js$/.test(name));
  for (const file of files) {
    const lowered = await transformFileAsync(join(root, "dist", file), {
      plugins,
      configFile: false,
      babelrc: false,
    });
    const code = lowered?.code ?? "";
    expect(code).not.toMatch(/^\s*class /m);
    await writeFile(join(installed, "dist", file), code);
  }
  await writeFile(join(directory, "package.json"), JSON.stringify({ type: "module" }));
  for (const file of ["cases.js", "run.js"])
    await cp(join(root, "test/portable", file), join(directory, file));

  await using server = await startPortableServer();
  const { stdout } = await exec(process.execPath, [join(directory, "run.js"), server.url]);
  const lines = stdout.trim().split("\n");
  expect(lines.filter((line) => !line.startsWith("ok - "))).toEqual([]);
  const cases = await readFile(join(root, "test/portable/cases.js"), "utf8");
  expect(lines).toHaveLength(cases.match(/^  async "/gm)!.length);
});
