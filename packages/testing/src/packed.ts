import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

const exec = promisify(execFile);

/** A workspace package as published. */
export interface Tarball extends AsyncDisposable {
  /** Its folder in the workspace. */
  source: string;
  manifest: { name: string; version: string; dependencies?: Record<string, string> };
  /** The path of the `.tgz` file. Disposing of the tarball removes it. */
  file: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** A project outside the workspace. Disposing of it removes its folder. */
export interface Project extends AsyncDisposable {
  directory: string;
  /** Writes a file into the project: text as it is, an object as JSON. */
  write(name: string, content: string | object): Promise<void>;
}

/**
 * Packs a package with pnpm, which replaces `workspace:` and `catalog:` by versions.
 *
 * @param source The folder of the package.
 * @throws {Error} If pnpm fails.
 * @example await using tarball = await pack(join(import.meta.dirname, ".."));
 */
export async function pack(source: string): Promise<Tarball> {
  const directory = await mkdtemp(join(tmpdir(), "packed-"));
  await exec("pnpm", ["pack", "--pack-destination", directory], { cwd: source });
  const manifest = JSON.parse(await readFile(join(source, "package.json"), "utf8"));
  const name = `${manifest.name.replace("@", "").replace("/", "-")}-${manifest.version}.tgz`;
  const file = join(directory, name);
  return {
    source,
    manifest,
    file,
    bytes: new Uint8Array(await readFile(file)),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true }),
  };
}

/**
 * Installs tarballs into an empty project with pnpm and without network. Other dependencies are links into this
 * workspace.
 *
 * @param tarballs The packages to install. A dependency of one on another resolves to the other's tarball.
 * @param options.type The project's module format, `module` by default.
 * @param options.linked Packages that the project itself imports, each with its folder in the `node_modules` of the
 *   first tarball's package.
 * @throws {Error} If pnpm fails, for example because the tarball depends on a package outside the workspace, or if
 *   programs run neither in the temporary folder nor in the user's cache.
 * @example await using project = await install([tarball], { linked: { "@types/node": "@types/node" } });
 */
export async function install(
  tarballs: readonly [Tarball, ...Tarball[]],
  {
    type = "module",
    linked = {},
  }: { type?: "module" | "commonjs"; linked?: Record<string, string> } = {},
): Promise<Project> {
  const directory = await mkdtemp(join(await folderForPrograms(), "installed-"));
  const write = (name: string, content: string | object) =>
    writeFile(
      join(directory, name),
      typeof content === "string" ? content : JSON.stringify(content, null, 2),
    );
  const dependencies = Object.fromEntries(
    tarballs.map(({ manifest, file }) => [manifest.name, `file:${file}`]),
  );
  const overrides: Record<string, string> = {};
  for (const { source, manifest } of tarballs) {
    for (const name of Object.keys(manifest.dependencies ?? {})) {
      overrides[name] = dependencies[name] ?? (await link(source, name));
    }
  }
  for (const [name, folder] of Object.entries(linked)) {
    overrides[name] = await link(tarballs[0].source, folder);
  }
  await write("package.json", {
    name: "an-empty-project",
    private: true,
    type,
    dependencies,
    devDependencies: Object.fromEntries(Object.keys(linked).map((name) => [name, "*"])),
  });
  // This file also stops pnpm's search for a parent workspace.
  await write("pnpm-workspace.yaml", { packages: [], overrides });
  // An unreachable registry, so that a network cannot hide a missing file.
  await exec("pnpm", ["install", "--offline", "--registry=http://127.0.0.1:9/"], {
    cwd: directory,
  });
  return { directory, write, [Symbol.asyncDispose]: () => rm(directory, { recursive: true }) };
}

/** The first folder in which programs run: the temporary one may be mounted `noexec`. */
async function folderForPrograms(): Promise<string> {
  const folders = [tmpdir(), process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache")];
  for (const folder of folders) {
    const probe = join(folder, `runs-${process.pid}`);
    try {
      await mkdir(folder, { recursive: true });
      await writeFile(probe, "#!/bin/sh\n", { mode: 0o700 });
      await exec(probe);
      return folder;
    } catch {
      // The next one.
    } finally {
      await rm(probe, { force: true }).catch(() => {});
    }
  }
  throw new Error(
    `Programs run neither in ${folders.join(" nor in ")}. Set TMPDIR to another folder.`,
  );
}

async function link(source: string, folder: string): Promise<string> {
  return `link:${await realpath(join(source, "node_modules", folder))}`;
}

/**
 * Finds the machine's own Node: the first one in `PATH` that is not from a package.
 *
 * @returns Its path and major version, or undefined if the machine has none.
 */
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
