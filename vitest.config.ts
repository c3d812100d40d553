import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** The sweeps repeat what `test` samples, over everything: `npx -y pnpm@12 test:full`. */
const sweeps = process.env.SWEEPS ? [] : ["**/*.sweep.test.ts"];
const build = "./scripts/vitest-build.ts";
const browser = fileURLToPath(new URL("./packages/test-browser/src/vitest.ts", import.meta.url));

/** Loading Prism takes most of a second; these tests leave nothing behind that a new process would have to forget. */
const shared = { isolate: false };

/** The phases of the contract suite, each to be run alone: `vitest run --project contract:coverage`. */
const phases = ["examples", "coverage", "fuzz", "stateful", "workflows"];

function project(root: string, options: object = {}) {
  const exclude = ["**/node_modules/**", "test/phases/**", ...sweeps];
  return { extends: true as const, test: { root, name: root, exclude, ...options } };
}

export default defineConfig({
  test: {
    globalSetup: build,
    reporters: ["default", "./scripts/vitest-summary.ts"],
    testTimeout: 20_000,
    // Tests start some two hundred Node processes; compiled once, a program starts in half the time.
    env: {
      NODE_COMPILE_CACHE: fileURLToPath(new URL("./node_modules/.cache/node", import.meta.url)),
    },
    // Most tests wait for a process, a timer or a browser; one worker a core would leave cores idle.
    maxWorkers: 4,
    projects: [
      project("spec"),
      project("packages/client", shared),
      project("packages/credentials", shared),
      project("packages/mock", shared),
      project("packages/contract-tests", shared),
      project("packages/test-browser"),
      project("apps/demo", { globalSetup: browser }),
      project("apps/docs", { globalSetup: browser }),
      project("tools/start"),
      ...phases.map((phase) =>
        project("packages/contract-tests", {
          ...shared,
          name: `contract:${phase}`,
          include: [`test/phases/${phase}.test.ts`],
          exclude: [],
        }),
      ),
    ],
  },
});
