// `npx -y pnpm@12 showcase [--update] [part …]` makes the transcripts, figures and pictures, all of them or the named
// parts, in tools/showcase/dist. With `--update`, those that READMEs display are copied to showcase/.

import { copyFileSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { readParts } from "@partner-qualifications/command-options";
import { bench, benchDocs } from "./bench.ts";
import { contract } from "./contract.ts";
import { docs } from "./docs.ts";
import { credentials } from "./credentials.ts";
import { demo } from "./demo.ts";
import { exchange } from "./exchange.ts";
import { freshClone } from "./fresh-clone.ts";
import { mock } from "./mock.ts";
import { readme } from "./readme.ts";
import { portfolio } from "./portfolio.ts";
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
  readme,
  portfolio,
  resume: resumeElsewhere,
  runtimes: onRuntimes,
  suite,
  "fresh-clone": freshClone,
};
const names = Object.keys(parts) as (keyof typeof parts)[];
const read = readParts(process.argv.slice(2), { update: { type: "boolean" } }, names);
const made = new URL("../dist/", import.meta.url);
const displayed = new URL("../../../showcase/", import.meta.url);

mkdirSync(made, { recursive: true });
for (const name of read.parts.length > 0 ? read.parts as typeof names : names) {
  console.log(`Making ${name} …`);
  await parts[name](made);
}
for (const name of read.values.update ? readdirSync(displayed) : []) {
  if (existsSync(new URL(name, made))) copyFileSync(new URL(name, made), new URL(name, displayed));
}
