export default {
  build: { lib: { entry: "run.mjs", formats: ["es"], fileName: "run" }, outDir: "dist/vite" },
};
