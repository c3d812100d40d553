// Mutants of the mock's and the client's code: https://stryker-mutator.io/docs/stryker-js/configuration

export default {
  testRunner: "vitest",
  plugins: [import.meta.resolve("@stryker-mutator/vitest-runner")],
  vitest: { configFile: "tools/mutation/vitest.config.ts", related: false },
  // The code with decisions: the mock's replies, and the client's requests and results.
  mutate: ["packages/mock/src/simulator/**/*.ts", "packages/client/src/vetting/**/*.ts"],
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
  // Values computed when a module loads cannot be switched per test.
  ignoreStatic: true,
  ignorePatterns: ["apps", "showcase", "playground", "tools/*", "!tools/mutation", "reports"],
  tempDirName: ".stryker-tmp",
  reporters: ["clear-text", "progress-append-only", "html", "json"],
  htmlReporter: { fileName: "reports/mutation/code.html" },
  jsonReporter: { fileName: "reports/mutation/code.json" },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 98, low: 95, break: 95 },
};
