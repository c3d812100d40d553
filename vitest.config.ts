import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const absolute = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The sweeps repeat what `test` samples, over everything: `npx -y pnpm@12 test:full`. */
const sweeps = process.env.SWEEPS ? [] : ["**/*.sweep.test.ts"];
const exclude = ["**/node_modules/**", ...sweeps];

/** These count what a process has open or how much it holds, so each file gets its own. */
const alone = ["packages/client/test/{endurance,hostile*}.test.ts"];

export default defineConfig({
  test: {
    globalSetup: "./scripts/vitest-build.ts",
    reporters: ["default", "./scripts/vitest-summary.ts"],
    testTimeout: 20_000,
    // Tests start some two hundred Node processes; compiled once, a program starts in half the time.
    env: { NODE_COMPILE_CACHE: absolute("./node_modules/.cache/node") },
    // Most tests wait for a process, a timer or a browser; one worker a core would leave cores idle.
    maxWorkers: 4,
    projects: [
      {
        extends: true,
        test: {
          name: "packages",
          include: ["{apps/cli,scripts,spec,packages/*,tools/*}/test/**/*.test.ts"],
          exclude: [...exclude, ...alone],
          // Loading Prism takes most of a second, and these tests use the packages as their users do: nothing stays
          // behind in a module that a new process would have to forget.
          isolate: false,
        },
      },
      { extends: true, test: { name: "alone", include: alone, exclude } },
      ...["apps/demo", "apps/docs"].map((root) => ({
        extends: true as const,
        test: {
          root,
          name: root,
          exclude,
          // Loading the servers takes most of a second, and these tests use them as browsers do.
          isolate: root !== "apps/demo",
          globalSetup: absolute("./packages/testing/src/browser/vitest.ts"),
        },
      })),
    ],
  },
});
