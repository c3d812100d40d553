import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { startMock } from "@partner-qualifications/mock";
import { expect, test, vi } from "vitest";
import { customerId, makeFolder, run, start } from "./world.ts";

vi.setConfig({ testTimeout: 600_000 });

const denied = "00000000-0000-4000-8000-00000000de01";
const foreign = "00000000-0000-4000-8000-000000000403";
const present = "00000000-0000-4000-8000-00000000cc01";

test("follows every row to its outcome, and answers other commands meanwhile", async () => {
  await using mock = await startMock({ clock: "manual" });
  await using folder = await makeFolder();
  const rows = [
    "customerId,qualification,educationSegment",
    `${customerId(1)},Education,K12`,
    `${customerId(2)},StateOwnedEntity,`,
    `${denied},Education,HigherEducation`,
    `${foreign},Education,K12`,
    `${present},Education,K12`,
  ];
  const file = await folder.write("=rows.csv", rows.join("\n"));
  const state = ["--state", folder.state];
  const options = ["--base-url", mock.url, "--token", "any", ...state, "--yes"];
  const running = start(["portfolio", "run", file, ...options]);
  const control = (...args: string[]) => run(["portfolio", ...args, ...state]);

  // The process that works on the folder answers the other commands.
  await expect
    .poll(async () => (await control("status", "--json")).out, { timeout: 300_000, interval: 500 })
    .toContain('"inReview": 2');
  expect(await run(["portfolio", "run", file, ...options])).toMatchObject({
    code: 2,
    err: expect.stringContaining(`process ${running.pid}`),
  });
  await control("pause");
  expect((await control("status")).out).toContain("Paused");
  await control("resume");
  const retry = await control("retry", "--failed", "--dry-run");
  expect(retry.out).toBe("2 rows would be requested again.\n");
  expect((await control("cancel", "--dry-run")).out).toBe("2 rows would be cancelled.\n");
  // A spreadsheet would run the name of the file as a formula.
  expect((await control("export")).out).toContain(",'=rows.csv\n");
  const report = join(folder.folder, "report.html");
  await control("export", "--format", "html", "--output", report);
  const missing = join(folder.folder, "reports", "report.html");
  expect(await control("export", "--output", missing)).toMatchObject({
    code: 2,
    err: `qualifications: Cannot write ${missing}: its folder does not exist.\n`,
  });
  const page = await readFile(report, "utf8");
  expect(page).toContain("No relationship between caller and account.");
  expect(page).not.toMatch(/(?:src|href)=|https?:/);

  mock.advance("P5D");
  const { code, out } = await running.ended;
  expect({ code, out: out.trim().split("\n").toSorted() }).toEqual({
    code: 0,
    // No color, and nothing that a terminal would obey.
    out: ["Approved   2", "Denied     1", "Refused    2"],
  });
  const json = await start(["portfolio", "export", ...state, "--format", "json"]).ended;
  const exported = JSON.parse(json.out) as Record<string, unknown>[];
  expect(exported.map((row) => [row.customerId, row.outcome, row.reason])).toEqual([
    [customerId(1), "Approved", null],
    [customerId(2), "Approved", null],
    [denied, "Denied", "Not an Education Customer"],
    [foreign, "Refused", "No relationship between caller and account."],
    [present, "Refused", expect.stringContaining("cannot be combined")],
  ]);

  // The same rows again have nothing to do; a bad one is listed, and nothing is sent.
  const before = mock.control.journal().log.entries.length;
  const more = await folder.write("more.csv", `${rows.join("\n")}\n=1+1,Education,K12`);
  expect(await run(["portfolio", "run", more, ...options])).toMatchObject({
    code: 3,
    err: expect.stringContaining('more.csv:7: "=1+1" is not a GUID'),
  });
  expect(mock.control.journal().log.entries).toHaveLength(before);
});

test("polls the last open rows often, however many rows the portfolio has", async () => {
  await using mock = await startMock({ reviewTime: "PT1S" });
  await using folder = await makeFolder();
  // The first row would be the only one of the sample, and has nothing to poll.
  const rows = [foreign, ...Array.from({ length: 520 }, () => customerId(1))];
  const file = await folder.write("rows.csv", ["tenant", ...rows].join("\n"));
  const options = ["--base-url", mock.url, "--token", "any", "--state", folder.state, "--yes"];
  const education = ["--qualification", "Education", "--education-segment", "K12"];
  const { code, out } = await run(["portfolio", "run", file, ...options, ...education]);
  expect({ code, out: out.split("\n").toSorted() }).toEqual({
    code: 0,
    out: ["", "Approved   1", "Duplicate  519", "Refused    1"],
  });
});
