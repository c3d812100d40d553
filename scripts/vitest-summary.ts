import type { Reporter, TestModule } from "vitest/node";

/** Ends the run with one plain line that a machine can read: `N passed, N failed`. */
export default class Summary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0;
    // A file that could not be loaded, or an error outside every test, is a failure too.
    let failed = errors.length;
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      passed += tests.filter((test) => test.result().state === "passed").length;
      const broken = tests.filter((test) => test.result().state === "failed").length;
      failed += broken === 0 && module.state() === "failed" ? 1 : broken;
    }
    // After the default reporter's own last lines.
    process.once("exit", () => console.log(`${passed} passed, ${failed} failed`));
  }
}
