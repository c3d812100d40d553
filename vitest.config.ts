import { defineConfig } from "vitest/config";

const projects = [
  "spec",
  "packages/client",
  "packages/credentials",
  "packages/mock",
  "packages/contract-tests",
  "apps/demo",
  "apps/docs",
  "tools/start",
];

/** The phases of the contract suite, each to be run alone: `vitest run --project contract:coverage`. */
const phases = ["examples", "coverage", "fuzz", "stateful", "workflows"];

export default defineConfig({
  test: {
    globalSetup: "./scripts/vitest-restore.ts",
    reporters: ["default", "./scripts/vitest-summary.ts"],
    testTimeout: 20_000,
    // Most tests wait for a process, a timer or a browser; one worker a core would leave cores idle.
    maxWorkers: 3,
    projects: [
      ...projects.map((root) => ({
        extends: true as const,
        test: { root, name: root, exclude: ["**/node_modules/**", "test/phases/**"] },
      })),
      ...phases.map((phase) => ({
        extends: true as const,
        test: {
          root: "packages/contract-tests",
          name: `contract:${phase}`,
          include: [`test/phases/${phase}.test.ts`],
        },
      })),
    ],
  },
});
