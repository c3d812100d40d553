import { defineConfig } from "oxlint";
import spelling from "./apps/docs/cspell.json" with { type: "json" };
import { directions } from "./scripts/directions.ts";

/** The words that hide a technical one, such as report, return, poll or request. cspell rejects them in Markdown and YAML. */
const dropped = spelling.flagWords.concat(
  ["of its own", "of their own", "of one's own"],
  ["stand for", "stands for", "asked for"],
);

export default defineConfig({
  plugins: ["typescript", "unicorn", "import", "react", "vitest", "oxc"],
  categories: { correctness: "error", suspicious: "error", perf: "error" },
  rules: {
    "import/no-cycle": ["error", { ignoreTypes: false }],
    "import/no-unassigned-import": "off",
    "react/react-in-jsx-scope": "off",
    "no-await-in-loop": "off",
    "unicorn/prefer-set-has": "off",
    "vitest/valid-expect": ["error", { maxArgs: 2 }],
    "vitest/valid-title": [
      "error",
      {
        ignoreTypeOfTestName: true,
        ignoreTypeOfDescribeName: true,
        allowArguments: true,
        mustNotMatch: `(?i)\\b(${dropped.join("|")})\\b`,
      },
    ],
    "no-warning-comments": ["error", { terms: dropped, location: "anywhere" }],
    "no-underscore-dangle": ["error", { allow: ["_tag", "_number"] }],
  },
  overrides: directions(import.meta.dirname),
  ignorePatterns: ["**/dist", "**/generated"],
});
