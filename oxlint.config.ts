import { defineConfig } from "oxlint";
import { directions } from "./scripts/directions.ts";

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
    "vitest/valid-title": "off",
    "no-underscore-dangle": ["error", { allow: ["_tag", "_number"] }],
  },
  overrides: directions(import.meta.dirname),
  ignorePatterns: ["**/dist", "**/generated"],
});
