// `node run.js http://…`, or by Bun or Deno.

import { runCases } from "./cases.js";

const lines = await runCases(process.argv[2]);
console.log(lines.join("\n"));
