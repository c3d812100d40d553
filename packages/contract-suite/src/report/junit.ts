import type { SuiteResult } from "../phases/run-suite.ts";
import { type Cause, causesOf } from "./causes.ts";
import { escape } from "./escape.ts";

/** Formats a run as JUnit XML: a suite per check, with a test case per cause, or one that passed. */
export function junitOf(result: SuiteResult, gaps: readonly string[], command: string): string {
  const causes = Map.groupBy(causesOf(result.failures), ({ check }) => check);
  const suites = result.checks.map(({ name, summary, judged, inapplicable }) => {
    const own = causes.get(name) ?? [];
    if (own.length > 0) {
      const cases = own.map((cause) => failed(name, cause, command));
      return suite(name, cases, own.length, 0);
    }
    const why = inapplicable ?? (judged === 0 ? "nothing to judge in this run" : undefined);
    const inside = why === undefined ? "" : `<skipped message="${escape(why)}"/>`;
    const one = `<testcase classname="${escape(name)}" name="${escape(summary)}">${inside}</testcase>`;
    return suite(name, [one], 0, why === undefined ? 0 : 1);
  });
  if (gaps.length > 0) {
    const cases = gaps.map(
      (gap) =>
        `<testcase classname="coverage" name="${escape(gap)}"><failure message="${escape(gap)}"/></testcase>`,
    );
    suites.push(suite("coverage", cases, gaps.length, 0));
  }
  const seconds = (result.took / 1000).toFixed(3);
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="qualifications-contract" time="${seconds}">
${suites.join("\n")}
</testsuites>
`;
}

function suite(name: string, cases: string[], failures: number, skipped: number): string {
  const counts = `tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
  return `<testsuite name="${escape(name)}" ${counts}>\n${cases.join("\n")}\n</testsuite>`;
}

function failed(check: string, cause: Cause, command: string): string {
  const { example, count, operations } = cause;
  const details = [
    `${count} times, in ${operations.join(", ")}`,
    `again: ${command} ${example.replay}`,
    example.curl,
  ].join("\n");
  const name = `${example.operationId}: ${example.message}`.slice(0, 300);
  return `<testcase classname="${escape(check)}" name="${escape(name)}"><failure message="${escape(example.message)}">${escape(details)}</failure></testcase>`;
}
