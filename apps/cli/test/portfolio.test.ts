import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { startMock } from "@partner-qualifications/mock";
import { expect, test, vi } from "vitest";
import { customerId, exported, makeFolder, makeState, run } from "./world.ts";

vi.setConfig({ testTimeout: 600_000 });

const denied = "00000000-0000-4000-8000-00000000de01";
const foreign = "00000000-0000-4000-8000-000000000403";
const present = "00000000-0000-4000-8000-00000000cc01";

test("runs a file to the outcome of every row without a terminal, and exports it", async () => {
  await using mock = await startMock({ reviewTime: "PT1S" });
  await using folder = await makeFolder();
  await makeState(folder.state);
  const file = await folder.write(
    "rows.csv",
    [
      "customerId,qualification,educationSegment",
      `${customerId(1)},Education,K12`,
      `${customerId(2)},StateOwnedEntity,`,
      `${denied},Education,HigherEducation`,
      `${foreign},Education,K12`,
      `${present},Education,K12`,
    ].join("\n"),
  );
  const options = ["--base-url", mock.url, "--token", "any", "--state", folder.state, "--yes"];
  const { code, out } = await run(["portfolio", "run", file, ...options]);
  expect({ code, out: out.trim().split("\n").toSorted() }).toEqual({
    code: 0,
    // No color, and nothing that a terminal would obey.
    out: ["Approved   2", "Denied     1", "Refused    2"],
  });
  const rows = await exported(folder.state);
  expect(rows.map((row) => [row.customerId, row.outcome, row.reason])).toEqual([
    [customerId(1), "Approved", null],
    [customerId(2), "Approved", null],
    [denied, "Denied", "Not an Education Customer"],
    [foreign, "Refused", "No relationship between caller and account."],
    [present, "Refused", expect.stringContaining("cannot be combined")],
  ]);

  // The same command again has nothing to do, and sends nothing.
  const before = mock.control.journal().log.entries.length;
  const again = await run(["portfolio", "run", file, ...options]);
  expect({ code: again.code, sent: mock.control.journal().log.entries.length - before }).toEqual({
    code: 0,
    sent: 0,
  });
  expect(again.err).toContain("is in the portfolio already");

  const report = join(folder.folder, "report.html");
  expect(
    (
      await run([
        "portfolio",
        "export",
        "--state",
        folder.state,
        "--format",
        "html",
        "--output",
        report,
      ])
    ).code,
  ).toBe(0);
  const html = await readFile(report, "utf8");
  expect(html).toContain("Not an Education Customer");
  expect(html).not.toMatch(/(?:src|href)=|https?:/);
});
