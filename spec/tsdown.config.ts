import { defineConfig } from "tsdown";

export default defineConfig({
  entry: ["model/index.ts"],
  outDir: "dist/model",
  platform: "node",
  dts: true,
  fixedExtension: false,
});
