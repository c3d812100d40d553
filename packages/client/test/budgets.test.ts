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

// What users load, not its sources.
const dist = join(import.meta.dirname, "../dist");
const declarations = {
  "@partner-qualifications/client": join(dist, "index.d.ts"),
  "@partner-qualifications/client/http": join(dist, "http.d.ts"),
};

test("the whole client is within its budget of bytes", async () => {
  const bytes = await gzipSize({ [join(dist, "index.js")]: "*" });
  expect(bytes, `${bytes} bytes min+gzip`).toBeLessThanOrEqual(budgets.gzip.must);
});

test.each(["domain", "http"] as const)(
  "ten calls through %s are within their budget of type instantiations",
  async (way) => {
    const count = await instantiations(tenCalls[way], declarations);
    expect(count, `${count} instantiations`).toBeLessThanOrEqual(budgets.instantiations[way].must);
    // Less would mean that the program saw no types.
    expect(count).toBeGreaterThan(10);
  },
);

test("importing the client touches no global of the web", async () => {
  expect(await globalsTouchedByImport(pathToFileURL(join(dist, "index.js")).href)).toEqual([]);
});
