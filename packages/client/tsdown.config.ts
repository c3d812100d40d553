import { defineConfig } from "tsdown";

// Each entry in one file: many files take longer to import. The testing entry uses the main one as
// its users do, so that both have the same classes.
const common = { dts: true, fixedExtension: false } as const;

export default defineConfig([
  { ...common, entry: "src/index.ts", platform: "neutral" },
  { ...common, entry: { node: "src/node/index.ts" }, platform: "node", clean: false },
  {
    ...common,
    entry: { testing: "src/testing/index.ts" },
    platform: "neutral",
    deps: { neverBundle: ["@partner-qualifications/client"] },
    clean: false,
  },
]);
