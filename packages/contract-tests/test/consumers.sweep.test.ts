import { execFile, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { startMock } from "@partner-qualifications/mock";
import { findBrowser } from "@partner-qualifications/testing/browser";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { consumers } from "./consumers.ts";

// What would be published, installed from a registry on this machine into a project outside the workspace, in each tool
// that teams use. Then the release after it: version, pack, publish, upgrade.

vi.setConfig({ testTimeout: 600_000, hookTimeout: 1_200_000 });

const exec = promisify(execFile);
const root = join(import.meta.dirname, "../../..");
const release = join(root, "tools/release/src/release.ts");
const scope = "@partner-qualifications";
const libraries = ["client", "credentials", "mock", "spec"].map((name) => `${scope}/${name}`);

let project: string;
let registry: string;
let mockUrl: string;
let env: NodeJS.ProcessEnv;
const rows: string[] = [];

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "consumers-"));
  const mock = await startMock({ cors: true });
  mockUrl = mock.url;
  await cp(join(import.meta.dirname, "../consumers"), project, { recursive: true });
  // Own Node first: the project has others, for the consumers that name them.
  const PATH = [dirname(process.execPath), join(project, "node_modules/.bin"), process.env.PATH];
  env = {
    ...process.env,
    PATH: PATH.join(delimiter),
    MOCK_URL: mockUrl,
    CHROME_PATH: await findBrowser(),
    NODE_OPTIONS: "",
    CI: "1",
    NO_COLOR: "1",
    FORCE_COLOR: "0",
  };
  delete env.BUILT;
  await exec("pnpm", ["install"], { cwd: project, env, maxBuffer: 2 ** 26 });

  const stop = await startRegistry();
  await exec(process.execPath, [release, "publish", "--registry", registry], { cwd: root, env });
  await exec("pnpm", ["add", ...libraries], { cwd: project, env, maxBuffer: 2 ** 26 });
  // The command of another Node, which the tools would run with.
  await rm(join(project, "node_modules/.bin/node"), { force: true });
  return async () => {
    stop();
    await mock.close();
    await rm(project, { recursive: true, force: true });
  };
});

/** Starts verdaccio without a way out: only what is published here can be installed from it. */
async function startRegistry(): Promise<() => void> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  registry = `http://127.0.0.1:${port}`;
  const folder = await mkdtemp(join(project, "registry-"));
  const access = { access: "$all", publish: "$anonymous" };
  const config = {
    storage: folder,
    packages: { "**": access },
    log: { type: "stdout", level: "warn" },
  };
  await writeFile(join(folder, "config.yaml"), JSON.stringify(config));
  const npmrc = `${scope}:registry=${registry}/\n//127.0.0.1:${port}/:_authToken=any\n`;
  await writeFile(join(project, ".npmrc"), npmrc);
  env.NPM_CONFIG_USERCONFIG = join(project, ".npmrc");
  const command = join(project, "node_modules/verdaccio/bin/verdaccio");
  const args = [command, "--config", join(folder, "config.yaml"), "--listen", registry];
  const child = spawn(process.execPath, args, { cwd: project, stdio: "ignore" });
  await vi.waitFor(() => fetch(`${registry}/-/ping`), { timeout: 60_000, interval: 200 });
  return () => child.kill();
}

/** Runs a line of a shell in the project, and returns what it prints. */
const run = (line: string, cwd = project) =>
  exec("sh", ["-c", line], { cwd, env, maxBuffer: 2 ** 26, timeout: 500_000 }).then(
    ({ stdout, stderr }) => stdout + stderr,
    ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr,
  );

async function versionOf(tool: string | undefined): Promise<string> {
  if (!tool) return `Node ${process.versions.node}`;
  const manifest = await readFile(join(project, "node_modules", tool, "package.json"), "utf8");
  const { name, version } = JSON.parse(manifest) as { name: string; version: string };
  return `${name} ${version}`;
}

describe("installed from the registry", () => {
  test.each(consumers)("works in $name $tool", async ({ name, tool, run: lines, prints }) => {
    let output = "";
    for (const line of lines) output = await run(line);
    const works = prints.test(output);
    rows.push(`| ${name} | ${await versionOf(tool)} | ${works ? "works" : "fails"} |`);
    expect(output).toMatch(prints);
  });

  afterAll(async () => {
    const head = "| Consumer | Tool | Result |\n| --- | --- | --- |\n";
    await mkdir(join(root, "reports"), { recursive: true });
    await writeFile(join(root, "reports/consumers.md"), `${head}${rows.join("\n")}\n`);
  });
});

describe("the release after it", () => {
  let copy: string;
  beforeAll(async () => {
    copy = join(project, "workspace");
    await exec("git", ["clone", "--quiet", root, copy]);
    await run("pnpm install --frozen-lockfile --prefer-offline", copy);
    env.PATH = [join(copy, "node_modules/.bin"), env.PATH].join(delimiter);
  });

  test("refuses a change without a changeset", async () => {
    const step = "node tools/release/src/release.ts changeset --since HEAD~1";
    await run("echo '// changed' >> packages/client/src/index.ts && git add -A", copy);
    await run('git -c user.name=a -c user.email=a@a.example commit -q -m "change"', copy);
    expect(await run(step, copy)).toBe(
      "A published package has changed, and no changeset describes it: run npx -y pnpm@12 changeset\n",
    );
  });

  test("raises the version, publishes it, and a project upgrades", async () => {
    const change = `---\n"${scope}/client": major\n---\n\nA major change.\n`;
    await writeFile(join(copy, ".changeset/change.md"), change);
    const version = `node -p "require('${scope}/client/package.json').version"`;
    const before = await run(version);
    expect(await run("node tools/release/src/release.ts version", copy)).toContain(
      "client 1.0.0\n",
    );
    expect(await readFile(join(copy, "packages/client/CHANGELOG.md"), "utf8")).toContain(
      "A major change.",
    );
    // What changed since the build cannot be packed.
    const publish = `node tools/release/src/release.ts publish --registry ${registry}`;
    expect(await run(publish, copy)).toMatch(
      /^spec .*run npx -y pnpm@12 build$|client .*run npx -y pnpm@12 build$/m,
    );
    // As npx -y pnpm@12 build, without the apps that are not published.
    const filters = "--filter=./spec --filter='./packages/*' --filter=./apps/cli";
    const build = await run(`turbo run build ${filters} --output-logs=errors-only`, copy);
    expect(build).not.toMatch(/failed|not found/i);
    const published = await run(publish, copy);
    expect(published).toContain(`${scope}/client 1.0.0 is published as latest`);
    expect(published).toMatch(/spec [\d.]+ is published already/);

    // Both majors in one program.
    await run(`pnpm add ${scope}/client@latest before@npm:${scope}/client@${before.trim()}`);
    expect(await run("node run.mjs")).toMatch(/^approved$/m);
    expect(await run(version)).toBe("1.0.0\n");
    const both = `
      const [now, before] = [require("${scope}/client"), require("before")];
      const error = { status: 403, kind: "permission", message: "no" };
      for (const [one, other] of [[now, before], [before, now]]) {
        const made = one.errorFromJSON({ ...error, name: "PermissionError" });
        console.log(made instanceof other.PartnerCenterError, made instanceof other.PermissionError);
      }`;
    await writeFile(join(project, "both.cjs"), both);
    expect(await run("node both.cjs")).toBe("true true\ntrue true\n");
  });
});
