import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/**
 * Bytes of a piece of source with everything that it imports, bundled for a browser, minified and
 * gzipped.
 *
 * @param from The folder from which the source's imports are resolved.
 * @throws {Error} When something is imported that a browser does not have.
 */
export async function gzipSize(source: string, from: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: from },
    bundle: true,
    minify: true,
    platform: "browser",
    format: "esm",
    target: "es2022",
    write: false,
    logLevel: "silent",
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length;
}
