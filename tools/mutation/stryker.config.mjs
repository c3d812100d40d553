// Mutants of the mock's and the client's code: https://stryker-mutator.io/docs/stryker-js/configuration

/**
 * The code with decisions: how the mock reviews, and how the client requests and polls. Each is tested by its package
 * alone: loading Prism for a mutant of the client takes longer than its tests.
 */
const mutated = {
  client: "packages/client/src/vetting/**/*.ts",
  mock: "packages/mock/src/simulator/**/*.ts",
};
// `node …/stryker run tools/mutation/stryker.config.mjs` mutates the client, with MUTATE=mock the mock.
const name = process.env.MUTATE === "mock" ? "mock" : "client";
process.env.MUTATE = name;

export default {
  testRunner: "vitest",
  plugins: [import.meta.resolve("@stryker-mutator/vitest-runner")],
  vitest: { configFile: "tools/mutation/vitest.config.ts", related: false },
  mutate: [mutated[name]],
  mutator: {
    // Mutates decisions and arithmetic, not texts, object literals and blocks.
    excludedMutations: [
      "ArrayDeclaration",
      "ArrowFunction",
      "BlockStatement",
      "CallExpression",
      "ConditionalExpression",
      "MethodExpression",
      "ObjectLiteral",
      "OptionalChaining",
      "Regex",
      "StringLiteral",
    ],
  },
  coverageAnalysis: "perTest",
  timeoutMS: 60_000,
  // Values computed when a module loads cannot be switched per test.
  ignoreStatic: true,
  ignorePatterns: ["apps", "showcase", "playground", "tools/*", "!tools/mutation", "reports"],
  tempDirName: ".stryker-tmp",
  reporters: ["clear-text", "progress-append-only", "html", "json"],
  htmlReporter: { fileName: `reports/mutation/${name}.html` },
  jsonReporter: { fileName: `reports/mutation/${name}.json` },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 98, low: 95, break: 95 },
};
