import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  budgets,
  globalsTouchedByImport,
  gzipSize,
  instantiations,
  tenCalls,
} from "@partner-qualifications/testing/measure";
import { expect, test } from "vitest";

// The built files that users load, not the sources.
const dist = join(import.meta.dirname, "../dist");
const declarations = {
  "@partner-qualifications/client": join(dist, "index.d.ts"),
  "@partner-qualifications/client/http": join(dist, "http.d.ts"),
};

test("stays within its size budget", async () => {
  const bytes = await gzipSize({ [join(dist, "index.js")]: "*" });
  expect(bytes, `${bytes} bytes min+gzip`).toBeLessThanOrEqual(budgets.gzip.must);
});

test.each(["domain", "http"] as const)(
  "stays within the budget of type instantiations for ten calls through %s",
  async (way) => {
    const count = await instantiations(tenCalls[way], declarations);
    expect(count, `${count} instantiations`).toBeLessThanOrEqual(budgets.instantiations[way].must);
    // Fewer would mean that the program has no types.
    expect(count).toBeGreaterThan(10);
  },
);

test("accesses no web global on import", async () => {
  expect(await globalsTouchedByImport(pathToFileURL(join(dist, "index.js")).href)).toEqual([]);
});
