import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { defineConfig, type UserConfig } from "tsdown";

// Each entry in one file, or in two: many files take longer to import. The http and the testing entries use the
// main one as their users do, so that all have the same classes.
const common: UserConfig = {
  dts: { sourcemap: true },
  sourcemap: true,
  // The sources are in the tarball, where the maps lead.
  outputOptions: { sourcemapExcludeSources: true },
  fixedExtension: false,
  // CommonJS for jest, ts-jest and old bundlers. Its declarations are the same, so they are copied.
  format: { esm: {}, cjs: { dts: false } },
  hooks: {
    async "build:done"({ chunks }) {
      for (const { fileName, outDir } of chunks) {
        if (!fileName.endsWith(".d.ts")) continue;
        const file = join(outDir, fileName);
        await copyFile(file, file.replace(/ts$/, "cts"));
      }
    },
  },
};

export default defineConfig([
  {
    ...common,
    entry: "src/index.ts",
    platform: "neutral",
    // What the main entry shares with the parts that are loaded on demand, in one file beside it.
    outputOptions: {
      ...common.outputOptions,
      codeSplitting: { groups: [{ name: "shared", minShareCount: 2 }] },
    },
  },
  {
    ...common,
    entry: { node: "src/node/index.ts" },
    platform: "node",
    // `Symbol.asyncDispose`, for programs that have neither this library nor the types of Node.
    banner: { dts: '/// <reference lib="esnext.disposable" />' },
    clean: false,
  },
  {
    ...common,
    entry: { http: "src/http/index.ts", testing: "src/testing/index.ts" },
    platform: "neutral",
    deps: { neverBundle: ["@partner-qualifications/client"] },
    clean: false,
  },
]);
