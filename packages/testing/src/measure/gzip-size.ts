// @ts-expect-error: the plugins of size-limit come without types.
import esbuild from "@size-limit/esbuild";
// @ts-expect-error: as above.
import file from "@size-limit/file";
import sizeLimit from "size-limit";

/**
 * Returns the bytes that a browser program loads at its start, bundled, minified and gzipped. What it imports on
 * demand is not among them.
 *
 * @param imports What the program imports from each file: `*`, a name for its default export, or names in braces.
 * @throws {Error} If a module imports something that a browser does not have.
 * @example await gzipSize({ "/path/to/dist/index.js": "*" })
 */
export async function gzipSize(imports: Record<string, string>): Promise<number> {
  const checks = [
    { files: [], import: imports, gzip: true, entry: ["index"], modifyEsbuildConfig },
  ];
  const [{ size }] = (await sizeLimit([esbuild, file], { checks })) as [{ size: number }];
  return size;
}

function modifyEsbuildConfig(config: object) {
  return { ...config, splitting: true, format: "esm" };
}
