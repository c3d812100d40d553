import { copyFile, readFile, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { defineConfig, type Rolldown } from "tsdown";
import { noticesOf } from "./notices.ts";

/** Changes of single lines, by the module in which they are. Each must be found. */
const patches: [module: RegExp, from: string, to: string][] = [
  // A bundled module has no global `this`.
  [/uri-template-lite.index\.js$/, "(this.URI || (this.URI = {}))", "(exports.URI = {})"],
  // Node warns of `url.resolve` outside of node_modules. References of a bundled document begin with `#`.
  [
    /json-schema-ref-parser.lib.util.url\.js$/,
    'exports.resolve = require("url").resolve;',
    `exports.resolve = (from, to) => {
      const file = from.replace(/#.*/, "");
      if (/^(#|$)/.test(to)) return file + to;
      return to.startsWith(file) ? to : require("url").resolve(from, to);
    };`,
  ],
];

/** Prepares what is bundled: without maps, since they would lead to files that are not in the tarball. */
const bundled: Rolldown.Plugin = {
  name: "bundled",
  transform: {
    filter: { id: /node_modules.*\.[cm]?js$/ },
    handler(code, id) {
      const patch = patches.find(([module]) => module.test(id));
      if (patch && !code.includes(patch[1])) throw new Error(`${id} has changed: see its patch.`);
      return { code: patch ? code.replace(patch[1], patch[2]) : code, map: { mappings: "" } };
    },
  },
};

// CommonJS, so that jest loads it too; two small modules make ES modules of it.
export default defineConfig({
  entry: { index: "src/index.ts", cli: "src/cli/main.ts" },
  format: "cjs",
  platform: "node",
  dts: { sourcemap: true },
  sourcemap: true,
  fixedExtension: false,
  define: { CONTROL_DESCRIPTION: JSON.stringify(readFileSync("control.openapi.yaml", "utf8")) },
  // The sources are in the tarball, where the maps lead.
  outputOptions: { sourcemapExcludeSources: true, dynamicImportInCjs: false },
  plugins: [bundled],
  // Its main file loads its parts in a way that no bundler follows.
  alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
  hooks: {
    "build:done": async ({ chunks }) => {
      const modules = chunks.flatMap((chunk) => ("moduleIds" in chunk ? chunk.moduleIds : []));
      if (modules.length === 0) return;
      await writeFile("dist/NOTICES.txt", await noticesOf(modules));
      const code = await readFile("dist/index.cjs", "utf8");
      const names = Array.from(code.matchAll(/^exports\.(\w+) = /gm), ([, name]) => name);
      await writeFile("dist/index.js", `export { ${names.join(", ")} } from "./index.cjs";\n`);
      await writeFile("dist/cli.js", '#!/usr/bin/env node\nimport "./cli.cjs";\n', { mode: 0o755 });
      await copyFile("dist/index.d.cts", "dist/index.d.ts");
    },
  },
});
