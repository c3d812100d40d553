import { execFile } from "node:child_process";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { rolldown } from "rolldown";
import { readManifest, root } from "./packages.ts";

/**
 * Writes what a release offers beside the packages: the bundled contract, the mock as one file with its notices, and a
 * list of all production dependencies (CycloneDX).
 *
 * @param output The folder to write to.
 */
export async function writeAssets(output: string): Promise<void> {
  await mkdir(output, { recursive: true });
  const contract = readManifest("spec").version;
  const mock = readManifest("packages/mock").version;
  for (const format of ["json", "yaml"]) {
    await copyFile(
      join(root, `spec/dist/openapi.${format}`),
      join(output, `openapi-${contract}.${format}`),
    );
  }
  await using bundle = await rolldown({
    input: join(root, "packages/mock/dist/cli.cjs"),
    platform: "node",
  });
  const file = join(output, `qualifications-mock-${mock}.cjs`);
  await bundle.write({ file, format: "cjs", codeSplitting: false });
  await copyFile(
    join(root, "packages/mock/dist/NOTICES.txt"),
    join(output, `qualifications-mock-${mock}.NOTICES.txt`),
  );
  const args = ["sbom", "--prod", "--sbom-format", "cyclonedx"];
  const { stdout } = await promisify(execFile)("pnpm", args, { cwd: root, maxBuffer: 2 ** 26 });
  await writeFile(join(output, "sbom.cdx.json"), stdout);
}
