// What a tarball must hold and must not hold before it is published.

import { posix } from "node:path";
import { createPackageFromTarballData, type Package } from "@arethetypeswrong/core";
import { published, readManifest } from "./packages.ts";

interface Rules {
  /** Files beside the usual ones. */
  extra?: RegExp;
  /** Most kilobytes of the tarball, and of the installed package. The measured figures plus 10 %. */
  packedKB: number;
  unpackedKB: number;
}

const rules: Record<(typeof published)[number], Rules> = {
  spec: {
    extra: /^(dist\/[\w.-]+\.(json|yaml)|dist\/workflows\/[\w.-]+\.yaml|[a-z-]+\.yaml)$/,
    packedKB: 395,
    unpackedKB: 4030,
  },
  // The folders are for resolvers that ignore `exports`, such as Parcel's.
  "packages/client": {
    extra: /^(http|node|testing)\/package\.json$/,
    packedKB: 305,
    unpackedKB: 1480,
  },
  "packages/credentials": { packedKB: 117, unpackedKB: 405 },
  "packages/mock": {
    extra: /^(control\.openapi\.yaml|dist\/NOTICES\.txt)$/,
    packedKB: 801,
    unpackedKB: 4195,
  },
  "packages/contract-suite": { extra: /^waivers\.yaml$/, packedKB: 170, unpackedKB: 580 },
  "apps/cli": {
    // The empty database that a new portfolio starts from: creating one takes nine seconds.
    extra: /^generated\/database\.tar\.gz$/,
    packedKB: 2480,
    unpackedKB: 4830,
  },
};

const usual =
  /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|dist\/[\w./-]+\.(c?js|d\.c?ts)(\.map)?|(src|model)\/[\w./-]+\.m?[jt]s)$/;
const shown = ["description", "keywords", "license", "author", "homepage", "bugs", "repository"];
const build = "run npx -y pnpm@12 build, and pack again";

/** The files and sizes of a tarball. */
export interface Contents {
  files: string[];
  packedKB: number;
  unpackedKB: number;
  /** One line each, with what to do. */
  problems: string[];
}

/**
 * Checks a tarball against the rules of its package.
 *
 * @param folder The package, one of `published`.
 * @param bytes The tarball.
 */
export function checkTarball(
  folder: (typeof published)[number],
  bytes: Uint8Array<ArrayBuffer>,
): Contents {
  const { name } = readManifest(folder);
  const tarball = createPackageFromTarballData(bytes);
  const prefix = `/node_modules/${name}/`;
  const files = tarball.listFiles().map((file) => file.replace(prefix, ""));
  const read = (file: string) => tarball.readFile(prefix + file);
  const unpacked = files.reduce((sum, file) => sum + Buffer.byteLength(read(file)), 0);
  const { extra, packedKB, unpackedKB } = rules[folder];
  const contents = { packedKB: inKB(bytes.length), unpackedKB: inKB(unpacked) };
  const problems = [
    ...files
      .filter((file) => /\.test\.|\/test\//.test(file) || (!usual.test(file) && !extra?.test(file)))
      .map((file) => `contains ${file}: remove it from "files" of ${folder}/package.json`),
    ...["LICENSE", "README.md"]
      .filter((file) => !files.includes(file))
      .map((file) => `has no ${file}: add it to ${folder}`),
    ...manifestProblems(JSON.parse(read("package.json")) as Record<string, unknown>, folder, files),
    ...readmeProblems(files.includes("README.md") ? read("README.md") : "", name),
    ...mapProblems(tarball, prefix, files),
    ...(contents.packedKB > packedKB || contents.unpackedKB > unpackedKB
      ? [
          `has ${contents.packedKB} kB packed and ${contents.unpackedKB} kB unpacked, more than ${packedKB} and ${unpackedKB}: find out why, or raise the figures in tools/release/src/check-tarball.ts`,
        ]
      : []),
  ];
  return { files, ...contents, problems: problems.map((problem) => `${name} ${problem}`) };
}

function manifestProblems(
  manifest: Record<string, unknown>,
  folder: string,
  files: string[],
): string[] {
  const place = `${folder}/package.json`;
  const scripts = Object.keys((manifest.scripts ?? {}) as object);
  const ranges = ["dependencies", "peerDependencies", "optionalDependencies"].flatMap((field) =>
    Object.entries((manifest[field] ?? {}) as Record<string, string>),
  );
  return [
    ...shown
      .filter((field) => !manifest[field])
      .map((field) => `has no ${field}: add it to ${place}`),
    ...ranges
      .filter(([, range]) => /^(workspace|catalog|link|file):/.test(range))
      .map(([other, range]) => `needs ${other}@${range}: pack it with pnpm pack, not with npm`),
    ...ranges
      .filter(([, range]) => /^\d/.test(range))
      .map(([other, range]) => `pins ${other} to ${range}: write a range, such as ^${range}`),
    ...scripts
      .filter((script) => /^(pre|post)?install$/.test(script))
      .map((script) => `runs a script at ${script}: remove it from ${place}`),
    ...targetsOf(manifest)
      .filter((target) => !isPacked(target, files))
      .map((target) => `lacks ${target}: ${build}`),
  ];
}

/** The files that a manifest names. */
function targetsOf({ main, types, bin, exports }: Record<string, unknown>): string[] {
  const collect = (node: unknown): string[] =>
    typeof node === "string" ? [node] : Object.values((node ?? {}) as object).flatMap(collect);
  return [...new Set([main, types, bin, exports].flatMap(collect))].map((target) =>
    target.replace("./", ""),
  );
}

function isPacked(target: string, files: string[]): boolean {
  const [start = "", end = ""] = target.split("*");
  return target.includes("*")
    ? files.some((file) => file.startsWith(start) && file.endsWith(end))
    : files.includes(target);
}

function readmeProblems(readme: string, name: string): string[] {
  const [, first = ""] = /^```\w*\n(.*?)^```/ms.exec(readme) ?? [];
  const relative = [...readme.matchAll(/\]\((?!#|https?:|mailto:)([^)]+)\)/g)];
  return [
    ...(/^(npm install|npx)\b/.test(first) && first.includes(name)
      ? []
      : [`has a README whose first block does not install it: begin with npm install ${name}`]),
    ...relative.map(([, target]) => `links to ${target} in its README: run npx -y pnpm@12 format`),
  ];
}

/** Each map must lead to sources in the tarball, or in a package that was bundled. */
function mapProblems(tarball: Package, prefix: string, files: string[]): string[] {
  return files
    .filter((file) => file.endsWith(".map"))
    .flatMap((file) => {
      const { sources } = JSON.parse(tarball.readFile(prefix + file)) as { sources: string[] };
      const lost = sources
        .map((source) => posix.join(posix.dirname(file), source))
        .find((source) => !files.includes(source) && !source.startsWith("../"));
      return lost ? [`has ${file}, which leads to ${lost}: ${build}`] : [];
    });
}

function inKB(bytes: number): number {
  return Math.ceil(bytes / 1000);
}
