// The releases: `npx -y pnpm@12 release <step>`. Each step refuses with one line that names the command to run.

import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs, promisify } from "node:util";
import { isPlaceholder, published, readManifest, repositoryAddress, root } from "./packages.ts";

const exec = promisify(execFile);

const help = `Usage: npx -y pnpm@12 release <step>

  changeset  check that a branch describes its changes (--since REF, default origin/main)
  version    raise the versions and write the changelogs that the changesets describe
  pack       pack every package, and check the tarballs (--output DIR, default reports/release)
  publish    pack, and publish what the registry lacks (--registry URL, --tag NAME, default latest)
  canary     give the packages a version of their commit (--id ID), for publish --tag canary
  assets     write the contract, the mock as one file and the SBOM (--output DIR)`;

/** A reason not to release. Its message says what to do. */
class Refusal extends Error {}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      since: { type: "string", default: "origin/main" },
      output: { type: "string", default: "reports/release" },
      registry: { type: "string", default: "https://registry.npmjs.org" },
      tag: { type: "string", default: "latest" },
      id: { type: "string", default: "" },
    },
  });
  const output = resolve(root, values.output);
  const steps: Record<string, () => Promise<unknown>> = {
    changeset: () => requireChangeset(values.since),
    version,
    pack: () => packAll(output),
    publish: () => publish(output, values.registry, values.tag),
    canary: () => canary(values.id),
    // These load compilers.
    assets: async () => (await import("./assets.ts")).writeAssets(output),
  };
  const step = steps[positionals[0] ?? ""];
  if (!step) console.log(help);
  else await step();
}

/** Refuses a branch that changes a published package and has no changeset. */
async function requireChangeset(since: string): Promise<void> {
  await changeset("status", `--since=${since}`).catch(
    (error: { stdout: string; stderr: string }) => {
      const output = error.stdout + error.stderr;
      if (/no changesets were found/.test(output)) {
        throw new Refusal(
          "A published package has changed, and no changeset describes it: run npx -y pnpm@12 changeset",
        );
      }
      throw new Refusal(`changeset status failed: ${output.trim()}`);
    },
  );
}

async function version(): Promise<void> {
  if ((await pending()).length === 0) {
    throw new Refusal("There is no changeset to release: run npx -y pnpm@12 changeset");
  }
  await changeset("version");
  // The contract has the version of its package.
  const file = join(root, "spec/openapi.yaml");
  const text = await readFile(file, "utf8");
  const { version: own } = readManifest("spec");
  await writeFile(file, text.replace(/^(info:\n(?: .*\n)*? {2}version: ).*$/m, `$1${own}`));
  for (const folder of published) {
    const { name, version: raised } = readManifest(folder);
    console.log(`${name} ${raised}`);
  }
}

async function canary(id: string): Promise<void> {
  if (!/^[\w.-]+$/.test(id))
    throw new Refusal("--id is missing: run npx -y pnpm@12 release canary --id COMMIT");
  for (const folder of published) {
    const manifest = readManifest(folder);
    manifest.version = `0.0.0-canary-${id}`;
    await writeFile(join(root, folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  }
}

/**
 * Packs and checks every published package.
 *
 * @returns The tarballs, in the order of publishing.
 */
async function packAll(output: string): Promise<string[]> {
  const { checkTarball } = await import("./check-tarball.ts");
  await mkdir(output, { recursive: true });
  const files: string[] = [];
  const problems: string[] = [];
  for (const folder of published) {
    const { name, version: own } = readManifest(folder);
    const file = join(output, `${name.slice(1).replace("/", "-")}-${own}.tgz`);
    try {
      await exec("pnpm", ["pack", "--pack-destination", output], { cwd: join(root, folder) });
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      // The guard at prepack says why in one line.
      throw new Refusal(/prepack: (.* run .*)/.exec(stdout + stderr)?.[1] ?? stdout + stderr);
    }
    const contents = checkTarball(folder, new Uint8Array(await readFile(file)));
    problems.push(...contents.problems);
    files.push(file);
    const { files: names, packedKB, unpackedKB } = contents;
    console.log(
      `${name} ${own}: ${names.length} files, ${packedKB} kB, installed ${unpackedKB} kB`,
    );
  }
  if (problems.length > 0) throw new Refusal(problems.join("\n"));
  return files;
}

async function publish(output: string, registry: string, tag: string): Promise<void> {
  const isLocal = /^(127\.|localhost$|\[::1\]$)/.test(new URL(registry).hostname);
  if (!isLocal && isPlaceholder(repositoryAddress())) {
    throw new Refusal(
      "The home of the repository is a placeholder: set repository.url in package.json, then run npx -y pnpm@12 format",
    );
  }
  if (tag === "latest" && (await pending()).length > 0) {
    throw new Refusal("There are changesets to release first: run npx -y pnpm@12 release version");
  }
  await fetch(new URL("-/ping", `${registry}/`)).catch((error: { cause?: { code?: string } }) => {
    throw new Refusal(
      `${registry} cannot be reached (${error.cause?.code ?? String(error)}): check the network, then run npx -y pnpm@12 release publish again`,
    );
  });
  const files = await packAll(output);
  for (const [index, folder] of published.entries()) {
    const { name, version: own } = readManifest(folder);
    const response = await fetch(new URL(`${name}/${own}`, `${registry}/`));
    await response.body?.cancel();
    if (response.ok) {
      console.log(`${name} ${own} is published already`);
      continue;
    }
    await exec("npm", ["publish", files[index]!, "--tag", tag, "--registry", registry]);
    console.log(`${name} ${own} is published as ${tag}`);
  }
}

/** The changesets that no version has yet. */
async function pending(): Promise<string[]> {
  const names = await readdir(join(root, ".changeset"));
  return names.filter((name) => name.endsWith(".md") && name !== "README.md");
}

function changeset(...args: string[]): Promise<unknown> {
  const command = join(root, "node_modules/@changesets/cli/bin.js");
  return exec(process.execPath, [command, ...args], { cwd: root });
}

main().catch((error: unknown) => {
  console.error(error instanceof Refusal ? error.message : error);
  process.exitCode = 1;
});
