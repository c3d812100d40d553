import { fileURLToPath } from "node:url";
import { startMock } from "@partner-qualifications/mock";
import { expect, test, vi } from "vitest";
import { makeFolder, run, start } from "./world.ts";

vi.setConfig({ testTimeout: 600_000 });

const school = "11111111-2222-3333-4444-555555555555";
const college = "22222222-2222-3333-4444-555555555555";
/** The text that the guide shows. */
const shown = fileURLToPath(
  new URL("../../docs/samples/guides/audit-command.txt", import.meta.url),
);

/** A JWT of a user, whose signature nothing checks. */
function tokenOf(user: string): string {
  const claims = { upn: user, appid: "3c5a1a0e-8d4f-4a4c-9f57-0e5d9b1a2c3d", scp: "user" };
  return `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.signature`;
}

async function requested() {
  const mock = await startMock({ clock: "manual", auditDelay: "PT0S" });
  const day = mock.control.clock.now.slice(0, 10);
  const ask = (id: string, user: string) =>
    run([
      "request",
      id,
      "education",
      "--segment",
      "K12",
      "--base-url",
      mock.url,
      "--token",
      tokenOf(user),
    ]);
  await ask(school, "admin@partner.example");
  await ask(college, "agent@partner.example");
  await ask(college, "agent@partner.example");
  return { mock, day, ask, options: ["--base-url", mock.url, "--token", "any"] };
}

test("lists the requesters as a table, CSV and JSON", async () => {
  const { mock, day, ask, options } = await requested();
  await using _ = mock;
  const audit = (...args: string[]) => run(["audit", ...args, ...options]);
  const table = await audit("--since", "7d");
  const csv = await audit("--csv", "--customer", school);
  const steady = (text: string) =>
    text
      .replaceAll(new RegExp(`${day}T[\\d:.]+`, "g"), (date) =>
        "2026-11-23T09:00:00.0000001".slice(0, date.length),
      )
      .replaceAll(/[0-9a-f-]{36}(?=\n)/g, (id) =>
        id.startsWith("3c5a") ? id : "7d2456fd-2d79-46d0-9f8e-5d7ecd5f8745",
      );
  await expect(
    [
      "$ qualifications audit --since 7d",
      steady(table.out),
      `$ qualifications audit --customer ${school} --csv`,
      steady(csv.out),
    ].join("\n"),
  ).toMatchFileSnapshot(shown);
  // A spreadsheet would run the name of the user as a formula.
  await ask(college, "=agent@partner.example");
  expect((await audit("--csv", "--customer", college)).out).toContain(",'=agent@partner.example,");
  const json = JSON.parse((await audit("--json")).out) as Record<string, unknown>[];
  expect(json.map(({ operationStatus }) => operationStatus)).toEqual([
    "succeeded",
    "succeeded",
    "failed",
    "failed",
  ]);
});

test("reports an empty list and a shortened range", async () => {
  await using mock = await startMock();
  const options = ["--base-url", mock.url, "--token", "any"];
  expect(await run(["audit", "--since", "20w", ...options])).toEqual({
    code: 0,
    out: "No audit record of a qualification request.\n",
    err: "Audit records go back 90 days; older requests are not listed.\n",
  });
  expect(await run(["audit", "--since", "soon", ...options])).toMatchObject({ code: 2 });
  expect(await run(["audit", "--customer", "contoso", ...options])).toMatchObject({
    code: 2,
    err: expect.stringContaining("must be a GUID"),
  });
});

test("settles rows with a lost response in one listing", async () => {
  await using mock = await startMock({ clock: "manual", auditDelay: "PT0S" });
  await using folder = await makeFolder();
  const ids = Array.from({ length: 40 }, (_, at) => `30000000-0000-4000-8000-${1e11 + at}`);
  const lines = ids.map((id) => `${id},Education,K12`);
  const file = await folder.write(
    "rows.csv",
    `customerId,qualification,educationSegment\n${lines.join("\n")}`,
  );
  const args = ["portfolio", "run", file, "--yes", "--state", folder.state];
  const options = [...args, "--base-url", mock.url, "--token", "any"];
  // Every answer is lost, and with the last one the process is killed.
  mock.control.addFaults({ kind: "reset", count: 100_000 });
  const running = start(options);
  const recorded = () =>
    mock.control.journal().log.entries.filter((entry) => "_auditRecord" in entry).length;
  await expect.poll(recorded, { timeout: 300_000, interval: 100 }).toBe(ids.length);
  running.kill("SIGKILL");
  await running.ended;
  mock.control.clearFaults();
  const before = mock.control.journal().log.entries.length;
  mock.advance("P5D");
  const resumed = await run(options);
  expect(resumed).toMatchObject({ code: 0, out: "Approved   40\n" });
  expect(resumed.err).toContain(
    "Settled 40 rows without a response from their audit records; saved 40 GETs.",
  );
  const sent = mock.control.journal().log.entries.slice(before);
  expect(sent.filter(({ request }) => request.method === "POST")).toEqual([]);
  const listings = sent.filter(({ request }) => request.url.includes("/v1/auditrecords"));
  expect(listings).toHaveLength(1);
});
