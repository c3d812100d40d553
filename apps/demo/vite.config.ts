import { gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** Bytes of script, gzipped, that the first page may load. */
const budget = 120_000;

/** Fails the build when the first page loads more script than the budget. */
const firstLoad: Plugin = {
  name: "first-load",
  generateBundle(_, bundle) {
    const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
    const names = chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName);
    // What the entry imports at once is loaded with it.
    for (const name of names) {
      const chunk = chunks.find(({ fileName }) => fileName === name);
      for (const other of chunk?.imports ?? []) if (!names.includes(other)) names.push(other);
    }
    const loaded = chunks.filter(({ fileName }) => names.includes(fileName));
    const bytes = loaded.reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0);
    if (bytes > budget) this.error(`The first load has ${bytes} bytes of script, not ${budget}`);
    this.info(`The first load has ${bytes} bytes of script, gzipped; ${budget} are allowed`);
  },
};

export default defineConfig({ plugins: [react(), firstLoad], build: { outDir: "dist" } });
