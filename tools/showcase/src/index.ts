// `npx -y pnpm@12 showcase [--update] [part …]` makes the transcripts, figures and pictures, all of them or the named
// parts, in tools/showcase/dist. With `--update`, those that READMEs display are copied to showcase/.

import { copyFileSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { bench, benchDocs } from "./bench.ts";
import { contract } from "./contract.ts";
import { docs } from "./docs.ts";
import { credentials } from "./credentials.ts";
import { demo } from "./demo.ts";
import { exchange } from "./exchange.ts";
import { freshClone } from "./fresh-clone.ts";
import { mock } from "./mock.ts";
import { resumeElsewhere } from "./resume.ts";
import { onRuntimes } from "./runtimes.ts";
import { suite } from "./suite.ts";

const parts = {
  bench,
  "bench-docs": benchDocs,
  contract,
  docs,
  credentials,
  demo,
  exchange,
  mock,
  resume: resumeElsewhere,
  runtimes: onRuntimes,
  suite,
  "fresh-clone": freshClone,
};
const { values, positionals } = parseArgs({
  options: { update: { type: "boolean", default: false } },
  allowPositionals: true,
});
const made = new URL("../dist/", import.meta.url);
const displayed = new URL("../../../showcase/", import.meta.url);

mkdirSync(made, { recursive: true });
for (const name of positionals.length > 0 ? positionals : Object.keys(parts)) {
  const part = parts[name as keyof typeof parts];
  if (!part) {
    throw new Error(`${name} is not a part. The parts are ${Object.keys(parts).join(", ")}.`);
  }
  console.log(`Making ${name} …`);
  await part(made);
}
for (const name of values.update ? readdirSync(displayed) : []) {
  if (existsSync(new URL(name, made))) copyFileSync(new URL(name, made), new URL(name, displayed));
}
