import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LongRequests } from "../report/text.ts";

/** Keeps requests as shell scripts in a new folder, which is made for the first of them. */
export function keptRequests(): LongRequests {
  let folder: string | undefined;
  let count = 0;
  return {
    keep(curl) {
      folder ??= mkdtempSync(join(tmpdir(), "qualifications-contract-"));
      const file = join(folder, `${++count}.sh`);
      writeFileSync(file, `${curl}\n`);
      return file;
    },
  };
}
