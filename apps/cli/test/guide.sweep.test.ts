import { readFile } from "node:fs/promises";
import { startMock } from "@partner-qualifications/mock";
import { expect, test } from "vitest";
import { makeFolder, start } from "./world.ts";

test("runs the commands of the guide in their order", { timeout: 600_000 }, async () => {
  const guide = new URL("../../docs/pages/guides/portfolio.md", import.meta.url);
  const page = await readFile(guide, "utf8");
  const blocks = [...page.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, code = ""]) =>
    code.trim().split("\n"),
  );
  expect(blocks.length).toBeGreaterThan(5);
  await using mock = await startMock({ reviewTime: "PT1S" });
  await using folder = await makeFolder();
  await folder.write("rows.csv", /^```csv\n(.*?)^```/ms.exec(page)?.[1] ?? "");
  for (const line of blocks) {
    const [command, ...args] = line.replace("http://127.0.0.1:4010", mock.url).split(" ");
    expect(command).toBe("qualifications");
    const { code, err } = await start(args, {}, folder.folder).ended;
    expect({ line, code, err: code === 0 ? "" : err }).toEqual({ line, code: 0, err: "" });
  }
  const outcomes = await readFile(`${folder.folder}/outcomes.csv`, "utf8");
  expect(outcomes.match(/Approved|Denied/g)).toEqual([
    "Approved",
    "Approved",
    "Approved",
    "Denied",
  ]);
});
