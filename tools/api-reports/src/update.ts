// Writes the reports of the built packages: `pnpm -C tools/api-reports run update`. With `--release`, also keeps them
// as those of the released versions, which later changes are compared with.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { listEntries, readBaseline, reportFile, root } from "./entries.ts";
import { makeReports } from "./make-reports.ts";

const isRelease = process.argv.includes("--release");
const reports = makeReports(listEntries());
for (const { folder, version } of reports.map(({ entry }) => entry)) {
  const baseline = readBaseline(folder);
  if (isRelease && baseline && baseline.version !== version) {
    rmSync(join(root, folder, "etc", baseline.version), { recursive: true });
  }
  mkdirSync(join(root, folder, "etc", isRelease ? version : ""), { recursive: true });
}
for (const { entry, text } of reports) {
  writeFileSync(join(root, reportFile(entry)), text);
  const { folder, version, name } = entry;
  if (isRelease) writeFileSync(join(root, folder, "etc", version, `${name}.api.md`), text);
}
