import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { startMock } from "@partner-qualifications/mock";
import { expect, test, vi } from "vitest";
import { customerId, makeFolder, run, start } from "./world.ts";

vi.setConfig({ testTimeout: 600_000 });

const denied = "00000000-0000-4000-8000-00000000de01";
const foreign = "00000000-0000-4000-8000-000000000403";
const present = "00000000-0000-4000-8000-00000000cc01";

test("runs a file to the outcome of every row without a terminal, and exports it", async () => {
  await using mock = await startMock({ reviewTime: "PT1S" });
  await using folder = await makeFolder();
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
  const state = ["--state", folder.state];
  const options = ["--base-url", mock.url, "--token", "any", ...state, "--yes"];
  const { code, out } = await start(["portfolio", "run", file, ...options]).ended;
  expect({ code, out: out.trim().split("\n").toSorted() }).toEqual({
    code: 0,
    // No color, and nothing that a terminal would obey.
    out: ["Approved   2", "Denied     1", "Refused    2"],
  });
  const json = await start(["portfolio", "export", ...state, "--format", "json"]).ended;
  const rows = JSON.parse(json.out) as Record<string, unknown>[];
  expect(rows.map((row) => [row.customerId, row.outcome, row.reason])).toEqual([
    [customerId(1), "Approved", null],
    [customerId(2), "Approved", null],
    [denied, "Denied", "Not an Education Customer"],
    [foreign, "Refused", "No relationship between caller and account."],
    [present, "Refused", expect.stringContaining("cannot be combined")],
  ]);

  // The same rows again have nothing to do; a bad one is listed, and nothing is sent.
  const before = mock.control.journal().log.entries.length;
  const more = await folder.write(
    "more.csv",
    `${await readFile(file, "utf8")}\n=1+1,Education,K12`,
  );
  for (const [path, expected, message] of [
    [file, 0, "is in the portfolio already"],
    [more, 3, 'more.csv:7: "=1+1" is not a GUID'],
  ] as const)
    expect(await run(["portfolio", "run", path, ...options])).toMatchObject({
      code: expected,
      err: expect.stringContaining(message),
    });
  expect(mock.control.journal().log.entries).toHaveLength(before);

  const csv = await run(["portfolio", "export", ...state]);
  expect(csv.out).toContain(",'=1+1,Education,ended,Invalid,");
  const report = join(folder.folder, "report.html");
  const html = ["portfolio", "export", ...state, "--format", "html", "--output", report];
  expect(await run(html)).toMatchObject({ code: 0 });
  const page = await readFile(report, "utf8");
  expect(page).toContain("Not an Education Customer");
  expect(page).not.toMatch(/(?:src|href)=|https?:/);

  const retry = await run(["portfolio", "retry", "--failed", "--dry-run", ...state]);
  expect(retry.out).toBe("2 rows would be requested again.\n");
});
