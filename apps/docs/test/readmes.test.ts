import { execFile } from "node:child_process";
import { glob, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startMock } from "@partner-qualifications/mock";
import { afterAll, expect, test, vi } from "vitest";

// Programs and a browser are slow where many want the same processor.
vi.setConfig({ testTimeout: 120_000 });

const root = new URL("../../../", import.meta.url);
/** The playground is where readers save programs, so what a sample imports must be found from there. */
const playground = fileURLToPath(new URL("playground/", root));
const run = promisify(execFile);

/** READMEs with samples that the package's own tests run. */
const ownTests: Record<string, string> = {
  "packages/credentials/README.md": "packages/credentials/test",
};
/** Samples that a test of their package runs, or that run in `test:full` only. */
const runElsewhere = new Set([
  "README-md-1.ts",
  "packages-mock-README-md-1.ts",
  "packages-mock-README-md-2.ts",
  "packages-mock-README-md-3.ts",
  // Runs the whole suite, as the suite's own tests do.
  ...(process.env.SWEEPS ? [] : ["packages-contract-suite-README-md-1.ts"]),
]);

const files = ["README.md", "{packages,apps}/*/README.md", "spec/README.md"];
const readmes = (await Array.fromAsync(glob(files, { cwd: root }))).filter(
  (file) => !(file in ownTests),
);

interface Sample {
  name: string;
  program: string;
}

/** Each block of TypeScript or JavaScript, as a program in the world that the README describes. */
async function samplesOf(readme: string): Promise<Sample[]> {
  const text = await readFile(new URL(readme, root), "utf8");
  return [...text.matchAll(/^```[jt]s\n(.*?)^```/gms)].map(([, code = ""], index) => ({
    name: `${readme.replaceAll(/\W+/g, "-")}-${index + 1}.ts`,
    program: programOf(code),
  }));
}

function programOf(code: string): string {
  // Of OpenTelemetry the world has as much as is used.
  const imports = code.match(/^import (?!.*@opentelemetry).*;.*$/gm) ?? [];
  const taken = imports.join("\n");
  const given = ["createQualificationsClient"].filter((name) => !taken.includes(name));
  // Loading the mock takes longer than most samples.
  const needsMock = code.includes("startMock") && !taken.includes("startMock");
  const world = [
    "baseUrl",
    "client",
    "credential",
    "customerId",
    "runtime",
    "document",
    "Span",
    "context",
    "propagation",
    "trace",
    "yourCode",
    ...given,
  ].filter((name) => !new RegExp(`^import ${name} `, "m").test(taken));
  const body = code
    .replaceAll(/^import .*$/gm, "")
    .replaceAll(/^ *baseUrl: .*$/gm, "")
    .replaceAll("createQualificationsClient({", "createQualificationsClient({ baseUrl, runtime,");
  // Hooks are called only during a call.
  const hooks = /\bconst hooks\b/.test(body)
    ? "await createQualificationsClient({ baseUrl, credential, hooks }).qualifications.list(customerId);"
    : "";
  return [
    ...imports,
    ...(needsMock ? ['import { startMock } from "@partner-qualifications/mock";'] : []),
    `import { ${world.join(", ")} } from "../../../apps/docs/test/readme-world.ts";`,
    `{\n${body}\n${hooks}\n}`,
    // A name that the block does not use is not a fault of it.
    `export { ${world.join(", ")} };`,
  ].join("\n");
}

const samples = (await Promise.all(readmes.map(samplesOf))).flat();
await mkdir(join(playground, "readmes"), { recursive: true });
// A folder for each run: another may be under way.
const directory = await mkdtemp(join(playground, "readmes/run-"));
afterAll(() => rm(directory, { recursive: true }));
for (const { name, program } of samples) await writeFile(join(directory, name), program);

test("type-checks the samples of every README", async () => {
  const config = {
    extends: "../../../tsconfig.base.json",
    compilerOptions: {
      lib: ["es2024", "esnext", "dom", "dom.iterable"],
      types: ["node"],
      // A README shows the middle of a program.
      noUnusedLocals: false,
      noImplicitAny: false,
    },
    files: samples.map(({ name }) => name),
  };
  await writeFile(join(directory, "tsconfig.json"), JSON.stringify(config));
  const checked = await run("tsc", ["-p", directory]).catch((error: { stdout: string }) => error);
  expect(checked.stdout).toBe("");
});

test.concurrent.for(samples.filter(({ name }) => !runElsewhere.has(name)))(
  "runs the sample $name",
  async ({ name }) => {
    await using mock = await startMock({ reviewTime: "PT1S" });
    const running = run(process.execPath, [join(directory, name)], {
      env: { ...process.env, MOCK_URL: mock.url },
      timeout: 60_000,
    });
    await expect(running).resolves.toMatchObject({ stderr: "" });
  },
);

test("every README with samples is one of them", () => {
  expect(samples.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["README-md-1.ts", "packages-client-README-md-1.ts"]),
  );
});
