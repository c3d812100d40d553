// `pnpm showcase [part …]`: makes what stands in showcase/, all of it or the parts that are named.

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
const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts);
for (const name of wanted) {
  const part = parts[name as keyof typeof parts];
  if (!part) throw new Error(`Not a part: ${name}. There are ${Object.keys(parts).join(", ")}`);
  console.log(`Making ${name} …`);
  await part(new URL("../../../showcase/", import.meta.url));
}
