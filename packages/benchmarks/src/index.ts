// `pnpm bench [part …]`: measures all parts, or those that are named, and prints ratios. Only the
// ratios mean anything: machines differ, and this one may be busy.

/** Each part is a module that exports `run()`, which prints its own table. */
const parts: Record<string, () => Promise<{ run: () => Promise<void> }>> = {
  mock: () => import("./mock/run.ts"),
};

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts);
for (const name of wanted) {
  const part = parts[name];
  if (!part) throw new Error(`Not a part: ${name}. There are: ${Object.keys(parts).join(", ")}`);
  console.log(`\n${name}\n`);
  await (await part()).run();
}
