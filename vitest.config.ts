import { defineConfig } from "vitest/config";

const projects = [
  "spec",
  "packages/client",
  "packages/credentials",
  "packages/mock",
  "packages/contract-tests",
  "apps/demo",
  "apps/docs",
  "scripts",
];

export default defineConfig({
  test: {
    globalSetup: "./scripts/vitest-restore.ts",
    reporters: ["default", "./scripts/vitest-summary.ts"],
    testTimeout: 20_000,
    // Most tests wait for a process, a timer or a browser; one worker a core would leave cores idle.
    maxWorkers: 3,
    projects: projects.map((root) => ({ extends: true, test: { root, name: root } })),
  },
});
