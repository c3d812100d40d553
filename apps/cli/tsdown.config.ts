import { defineConfig } from "tsdown";

export default defineConfig({
  entry: ["src/cli.ts"],
  platform: "node",
  dts: false,
  sourcemap: true,
  // The sources are in the tarball, where the maps lead.
  outputOptions: { sourcemapExcludeSources: true },
  fixedExtension: false,
});
