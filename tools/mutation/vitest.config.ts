import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

/**
 * The tests that a mutant must fail: quick ones of its package. They run on the sources, which contain the mutants.
 */
export default defineConfig({
  root: path("."),
  resolve: {
    alias: [
      { find: /^@partner-qualifications\/mock$/, replacement: path("packages/mock/src/index.ts") },
      {
        find: /^@partner-qualifications\/client$/,
        replacement: path("packages/client/src/index.ts"),
      },
      {
        find: /^@partner-qualifications\/client\/(http|node|testing)$/,
        replacement: path("packages/client/src/$1/index.ts"),
      },
    ],
  },
  test: {
    include:
      process.env.MUTATE === "mock"
        ? [
            "packages/mock/test/{audit-records,boundaries,control,idempotency,limits,memory,scenario,test-customers}.test.ts",
          ]
        : ["packages/client/test/*.test.ts"],
    exclude: [
      "**/*.sweep.test.ts",
      "packages/client/test/{budgets,causes,commonjs,compression,custom-fetch,endurance,errors,fetch-standard,fits,hostile*,lowered,node-fetch,package,platforms,queue,readme,retry-from-contract,types}.test.ts",
    ],
    testTimeout: 20_000,
    // Loading Prism takes longer than most tests.
    isolate: false,
  },
});
