import { defineConfig } from "tsdown";

// Each entry in one file: many files take longer to import. The http and the testing entries use the
// main one as their users do, so that all have the same classes.
const common = { dts: true, fixedExtension: false } as const;

export default defineConfig([
  { ...common, entry: "src/index.ts", platform: "neutral" },
  { ...common, entry: { node: "src/node/index.ts" }, platform: "node", clean: false },
  {
    ...common,
    entry: { http: "src/http/index.ts", testing: "src/testing/index.ts" },
    platform: "neutral",
    deps: { neverBundle: ["@partner-qualifications/client"] },
    clean: false,
  },
]);
