// Mutants of the mock's and the client's code: https://stryker-mutator.io/docs/stryker-js/configuration

/**
 * Returns the configuration for the part of a package that makes decisions.
 *
 * @param {"client" | "mock"} name The package. Both at once would load Prism for each mutant of the client.
 * @param {string} folder
 */
export function configure(name, folder) {
  // Decides which tests run: `vitest.config.ts`.
  process.env.MUTATE = name;
  return {
    testRunner: "vitest",
    plugins: [import.meta.resolve("@stryker-mutator/vitest-runner")],
    vitest: { configFile: "tools/mutation/vitest.config.ts", related: false },
    mutate: [`packages/${name}/src/${folder}/**/*.ts`],
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
}
