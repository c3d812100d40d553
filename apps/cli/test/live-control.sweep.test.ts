import { startMock } from "@partner-qualifications/mock";
import { expect, test, vi } from "vitest";
import { customerId, makeFolder, run, start } from "./world.ts";

vi.setConfig({ testTimeout: 600_000 });

test("answers status, pause and resume while another process runs", async () => {
  await using mock = await startMock({ reviewTime: "P3D" });
  await using folder = await makeFolder();
  const file = await folder.write(
    "rows.jsonl",
    `{"tenantId":"${customerId(1)}","type":"edu","segment":"k-12"}\n`,
  );
  const state = ["--state", folder.state];
  const running = start([
    "portfolio",
    "run",
    file,
    "--base-url",
    mock.url,
    "--token",
    "any",
    ...state,
    "--yes",
  ]);
  const read = async () => {
    const { out } = await run(["portfolio", "status", ...state, "--json"]);
    return out === "" ? undefined : (JSON.parse(out) as { inReview: number; paused: boolean });
  };
  await expect
    .poll(read, { timeout: 400_000, interval: 1000 })
    .toMatchObject({ inReview: 1, paused: false });
  const other = await run([
    "portfolio",
    "run",
    file,
    "--base-url",
    mock.url,
    "--token",
    "any",
    ...state,
    "--yes",
  ]);
  expect(other).toMatchObject({ code: 2, err: expect.stringContaining(`process ${running.pid}`) });
  expect((await run(["portfolio", "pause", ...state])).code).toBe(0);
  expect(await read()).toMatchObject({ paused: true });
  running.kill("SIGTERM");
  expect(await running.ended).toMatchObject({
    code: 130,
    err: expect.stringContaining("to resume"),
  });
});
