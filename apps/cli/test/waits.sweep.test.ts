import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { startMock } from "@partner-qualifications/mock";
import { expect, test, vi } from "vitest";
import { requestedOnce } from "./kills.ts";
import { customerId, exported, makeFolder, run, start } from "./world.ts";

vi.setConfig({ testTimeout: 600_000 });

const rowsOf = (count: number) =>
  ["tenant", ...Array.from({ length: count }, (_, at) => customerId(at))].join("\n");
const everything = { after: 0, limit: 1_000_000 };
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const education = ["--qualification", "Education", "--education-segment", "K12"];

test("waits for an hour without any rate, reports it, and resumes", async () => {
  // Half a minute is an hour.
  await using mock = await startMock({
    clock: "fast",
    speed: 120,
    reviewTime: "PT1H",
    journalSize: 100_000,
  });
  await using folder = await makeFolder();
  const file = await folder.write("rows.csv", rowsOf(2000));
  const options = ["--base-url", mock.url, "--token", "any", "--state", folder.state, "--yes"];
  const slow = ["--rate", "100", "--speed", "120", ...education];
  const running = start(["portfolio", "run", file, ...options, ...slow]);
  const sent = () => mock.control.journal(everything).log.entries.length;
  await expect.poll(sent, { timeout: 120_000, interval: 20 }).toBeGreaterThan(100);
  mock.control.addFaults({ kind: "failure", status: 429, count: 1_000_000 });
  const before = sent();
  await sleep(30_000);
  mock.control.clearFaults();
  // The requests that were under way, and a few attempts.
  expect(sent() - before).toBeLessThan(60);
  const { code, err } = await running.ended;
  expect(err).toContain("Partner Center allows no requests (429); sending again at ");
  expect(code, err).toBe(0);
  requestedOnce(mock.control.journal(everything), 2000);
});

test("keeps every row when the credential expires on the second day", async () => {
  // Three seconds are a day.
  await using mock = await startMock({ clock: "fast", speed: 28_800, reviewTime: "P3D" });
  await using folder = await makeFolder();
  const file = await folder.write("rows.csv", rowsOf(5));
  const claims = { exp: Math.floor(Date.now() / 1000) + 2 * 86_400, scp: "user_impersonation" };
  const token = `${part({ alg: "none" })}.${part(claims)}.x`;
  const command = ["portfolio", "run", file, "--base-url", mock.url, "--state", folder.state];
  const options = [...command, "--yes", "--speed", "28800", ...education, "--token"];
  expect(await run([...options, token])).toMatchObject({
    code: 4,
    err: expect.stringContaining("expired"),
  });
  expect(await run([...options, "new"])).toMatchObject({ code: 0, out: "Approved   5\n" });
  requestedOnce(mock.control.journal(everything), 5);
});

test.runIf(process.platform === "linux" && process.getuid?.() === 0)(
  "loses nothing when the disk is full",
  async () => {
    await using mock = await startMock({ journalSize: 1_000_000, reviewTime: "PT0S" });
    await using folder = await makeFolder();
    const file = await folder.write("rows.csv", rowsOf(3000));
    const disk = `${folder.folder}/disk`;
    execFileSync("mkdir", [disk]);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=40m", "tmpfs", disk]);
    try {
      const args = ["portfolio", "run", file, "--base-url", mock.url, "--token", "any"];
      const options = [...args, "--state", `${disk}/state`, "--yes", ...education];
      const full = await start(options).ended;
      expect(full).toMatchObject({ code: 1, err: expect.stringContaining("The disk is full.") });
      execFileSync("mount", ["-o", "remount,size=400m", disk]);
      const { code, err } = await start(options).ended;
      expect(code, err).toBe(0);
      requestedOnce(mock.control.journal(everything), 3000);
      expect(await exported(`${disk}/state`)).toHaveLength(3000);
    } finally {
      execFileSync("umount", [disk]);
    }
  },
);
