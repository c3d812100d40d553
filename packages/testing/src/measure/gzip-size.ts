// @ts-expect-error: size-limit's plugins have no types.
import esbuild from "@size-limit/esbuild";
// @ts-expect-error: as above.
import file from "@size-limit/file";
import sizeLimit from "size-limit";

/**
 * Returns the size in bytes of what a browser program loads at startup, bundled, minified and gzipped. Imports
 * on demand are not counted.
 *
 * @param imports The imports from each file: `*`, a name for its default export, or names in braces.
 * @throws {Error} If a module imports something that browsers lack.
 * @example await gzipSize({ "/path/to/dist/index.js": "*" })
 */
export async function gzipSize(imports: Record<string, string>): Promise<number> {
  const checks = [
    { files: [], import: imports, gzip: true, entry: ["index"], modifyEsbuildConfig },
  ];
  const [{ size }] = (await sizeLimit([esbuild, file], { checks })) as [{ size: number }];
  return size;
}

/** Leaves out what is imported on demand, so that the bundle is exactly what a program loads at startup. */
function modifyEsbuildConfig(config: object) {
  const onDemand = {
    name: "on-demand",
    setup(build: { onResolve: (filter: object, resolve: (from: Import) => unknown) => void }) {
      build.onResolve({ filter: /^/ }, ({ kind, path }) =>
        kind === "dynamic-import" ? { path, external: true } : undefined,
      );
    },
  };
  return { ...config, format: "esm", plugins: [onDemand] };
}

interface Import {
  kind: string;
  path: string;
}
