import { defineConfig } from "tsdown";

export default defineConfig({
  entry: {
    cli: "src/cli.ts",
    index: "src/index.ts",
    "pglite-worker": "src/store/pglite-worker.ts",
  },
  platform: "node",
  dts: true,
  sourcemap: true,
  // The sources are in the tarball, where the maps lead.
  outputOptions: { sourcemapExcludeSources: true },
  fixedExtension: false,
});
