import { copyFile } from "node:fs/promises";
import { defineConfig } from "tsdown";

export default defineConfig({
  entry: { index: "src/index.ts", cli: "src/cli.ts" },
  platform: "node",
  dts: { sourcemap: true },
  sourcemap: true,
  fixedExtension: false,
  format: {
    esm: {},
    // CommonJS for jest, ts-jest and old bundlers. Its declarations are the same, so they are copied.
    cjs: { entry: { index: "src/index.ts" }, dts: false },
  },
  // The sources are in the tarball, where the maps lead. jest refuses `import()` in CommonJS.
  outputOptions: { sourcemapExcludeSources: true, dynamicImportInCjs: false },
  hooks: {
    "build:done": async ({ chunks }) => {
      if (chunks.some(({ fileName }) => fileName === "index.d.ts"))
        await copyFile("dist/index.d.ts", "dist/index.d.cts");
    },
  },
});
