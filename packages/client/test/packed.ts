import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

const exec = promisify(execFile);
const root = join(import.meta.dirname, "..");

/**
 * The package as it would be published. It is packed by pnpm, which puts versions in place of
 * `workspace:` and `catalog:`.
 */
export async function pack() {
  const directory = await mkdtemp(join(tmpdir(), "packed-"));
  await exec("pnpm", ["pack", "--pack-destination", directory], { cwd: root });
  const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const file = join(directory, `partner-qualifications-client-${manifest.version}.tgz`);
  return {
    file,
    bytes: await readFile(file),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true }),
  };
}

/**
 * An empty project into which the tarball was installed, by a package manager and without network:
 * its dependencies, and the types of Node, are taken from this workspace.
 */
export async function install(tarball: string, type: "module" | "commonjs" = "module") {
  const directory = await mkdtemp(join(tmpdir(), "installed-"));
  const write = (name: string, content: string | object) =>
    writeFile(
      join(directory, name),
      typeof content === "string" ? content : JSON.stringify(content, null, 2),
    );
  await write("package.json", {
    name: "an-empty-project",
    private: true,
    type,
    dependencies: { "@partner-qualifications/client": `file:${tarball}`, undici: "*" },
    devDependencies: { "@types/node": "*" },
  });
  // This file also ends pnpm's search for a workspace above.
  await write("pnpm-workspace.yaml", {
    packages: [],
    overrides: {
      "openapi-fetch": await linked("openapi-fetch"),
      "@types/node": await linked("@types/node"),
      undici: await linked("undici"),
    },
  });
  // A registry that does not exist, so that nobody's network can hide a missing file.
  await exec("pnpm", ["install", "--offline", "--registry=http://127.0.0.1:9/"], {
    cwd: directory,
  });
  return {
    directory,
    write,
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true }),
  };
}

const linked = async (name: string) => `link:${await realpath(join(root, "node_modules", name))}`;

/** The machine's own Node: the first one in PATH that no package has brought. */
export async function systemNode(): Promise<{ path: string; major: number } | undefined> {
  const path = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((directory) => !directory.includes("node_modules"))
    .map((directory) => join(directory, "node"))
    .find((file) => existsSync(file));
  if (!path) return undefined;
  const { stdout } = await exec(path, ["--version"]);
  return { path, major: Number(/^v(\d+)/.exec(stdout)?.[1]) };
}
