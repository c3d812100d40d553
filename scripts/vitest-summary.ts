import type { Reporter, TestModule } from "vitest/node";

/** Prints a last machine-readable line: `N passed, N failed`. */
export default class Summary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0;
    // Files that fail to load, and errors outside tests, count as failures too.
    let failed = errors.length;
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      passed += tests.filter((test) => test.result().state === "passed").length;
      const broken = tests.filter((test) => test.result().state === "failed").length;
      failed += broken === 0 && module.state() === "failed" ? 1 : broken;
    }
    // Prints after the default reporter.
    process.once("exit", () => console.log(`${passed} passed, ${failed} failed`));
  }
}
