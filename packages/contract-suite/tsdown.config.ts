import { defineConfig } from "tsdown";

export default defineConfig({
  entry: ["src/index.ts", "src/cli.ts"],
  platform: "node",
  dts: { sourcemap: true },
  sourcemap: true,
  // The sources are in the tarball, where the maps lead.
  outputOptions: { sourcemapExcludeSources: true },
  fixedExtension: false,
});
