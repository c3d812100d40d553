// Usage: `node run.js http://…`, or with Bun or Deno.

import { runCases } from "./cases.js";

const lines = await runCases(process.argv[2]);
console.log(lines.join("\n"));
