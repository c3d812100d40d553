import { defineConfig } from "tsdown";

export default defineConfig({
  entry: ["model/index.ts"],
  outDir: "dist/model",
  platform: "node",
  deps: { neverBundle: ["@partner-qualifications/spec/openapi.json"] },
  dts: { sourcemap: true },
  sourcemap: true,
  // The sources are in the tarball, where the maps lead.
  outputOptions: { sourcemapExcludeSources: true },
  fixedExtension: false,
});
