// Refuses to pack a package whose dist was not built from its present sources: `prepack` of each published package.
// `build` ends with `fresh.mjs stamp`, which writes a fingerprint of the sources and the names of the built files into
// dist. Other files there are of an earlier build, since turbo restores a build without removing them: `prepack` does.

import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const stamp = "dist/fingerprint";
const ignored = new Set(["node_modules", "dist", "generated", "test", "reports"]);

/** @type {Map<string, string>} The folder of each package of the workspace. */
const folders = new Map(
  globSync("{spec,packages/*,apps/*,tools/*}/package.json", { cwd: root }).map((file) => [
    readManifest(join(root, dirname(file))).name,
    join(root, dirname(file)),
  ]),
);

/**
 * Returns a fingerprint of what a package is built from: its own files, and those of the packages of the workspace that
 * it depends on.
 *
 * @param {string} folder
 * @param {Set<string>} [above]
 * @returns {string}
 */
function fingerprint(folder, above = new Set()) {
  const hash = createHash("sha256");
  const files = globSync("**/*.{ts,mts,mjs,js,json,yaml}", {
    cwd: folder,
    exclude: (name) => ignored.has(basename(name)) || basename(name).startsWith("."),
  });
  for (const file of files.map(String).toSorted()) {
    hash.update(`${file.replaceAll("\\", "/")}\0`).update(readFileSync(join(folder, file)));
  }
  const { dependencies = {}, devDependencies = {} } = readManifest(folder);
  for (const [name, range] of Object.entries({ ...dependencies, ...devDependencies })) {
    const other = folders.get(name);
    if (!range.startsWith("workspace:") || !other || above.has(other)) continue;
    hash.update(fingerprint(other, new Set([...above, folder])));
  }
  return hash.digest("hex");
}

/** @param {string} folder */
function readManifest(folder) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

/**
 * Returns the files of `dist` but for the stamp.
 *
 * @param {string} folder
 * @returns {string[]}
 */
function builtFiles(folder) {
  const dist = join(folder, "dist");
  return globSync("**", { cwd: dist })
    .map(String)
    .filter((file) => file !== "fingerprint" && statSync(join(dist, file)).isFile())
    .map((file) => file.replaceAll("\\", "/"))
    .toSorted();
}

/**
 * Returns why a package cannot be packed, or removes the files that its build did not make.
 *
 * @param {string} folder
 * @returns {string | undefined}
 */
function prepare(folder) {
  const file = join(folder, stamp);
  if (!existsSync(file)) return "is not built";
  const [built, ...names] = readFileSync(file, "utf8").split("\n");
  if (built !== fingerprint(folder) || names.length === 0) return "has changed since it was built";
  for (const name of builtFiles(folder)) {
    if (!names.includes(name)) rmSync(join(folder, "dist", name));
  }
  return undefined;
}

const folder = process.cwd();
if (process.argv[2] === "clean") {
  rmSync(join(folder, "dist"), { recursive: true, force: true });
} else if (process.argv[2] === "stamp") {
  writeFileSync(join(folder, stamp), [fingerprint(folder), ...builtFiles(folder)].join("\n"));
} else {
  const problem = prepare(folder);
  if (problem) {
    console.error(`${relative(root, folder)} ${problem}: run npx -y pnpm@12 build`);
    process.exitCode = 1;
  }
}
