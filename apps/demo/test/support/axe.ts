import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@partner-qualifications/testing/browser";
import type { AxeResults } from "axe-core";
import { expect } from "vitest";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Runs axe on a page: all rules, or those about colors. */
export async function violations(page: Page, rules: "all" | "colors" = "all"): Promise<string[]> {
  // Evaluated, since the page's policy does not allow another script.
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe);
  const options =
    rules === "all"
      ? {}
      : { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } };
  const results = (await page.evaluate(`axe.run(${JSON.stringify(options)})`)) as AxeResults;
  expect(results.passes.length).toBeGreaterThan(0);
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`);
}
