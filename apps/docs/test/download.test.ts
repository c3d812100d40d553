import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startMock } from "@partner-qualifications/mock";
import { expect, test, vi } from "vitest";
import { readPage } from "./site.ts";

// Programs are slow where many want the same processor.
vi.setConfig({ testTimeout: 120_000 });

const dist = new URL("../dist/", import.meta.url);
const redocly = createRequire(import.meta.url).resolve("@redocly/cli/bin/cli.js");

const html = await readPage("/download");
const commands = [...html.matchAll(/<pre[^>]*>(.*?)<\/pre>/gs)]
  .map(([, text = ""]) => unescapeHtml(text.replaceAll(/<[^>]+>/g, "")).replaceAll("\\\n", ""))
  .filter((text) => text.includes("respect"));

test("offers only existing files, and a command for each workflow", () => {
  const files = [...html.matchAll(/href="\.\/([^"]+)" download/g)].map(([, file = ""]) => file);
  expect(files).toEqual(expect.arrayContaining(["openapi.yaml", "openapi-3.0.json"]));
  for (const file of files) expect(existsSync(new URL(file, dist)), file).toBe(true);
  expect(commands).toHaveLength(files.filter((file) => file.startsWith("workflows/")).length);
});

// Each takes seconds; phases/workflows.test.ts runs a workflow in `test`, the sweeps run all.
const shown = process.env.SWEEPS ? commands : [];

test.concurrent.each(shown)("runs %s", async (command) => {
  await using mock = await startMock({ reviewTime: "PT3S" });
  const [, file = "", inputs = ""] =
    /^npx @redocly\/cli@[\d.]+ respect (\S+).*--input '(.+)'/s.exec(command) ?? [];
  const server = /--server (\S+)=http:\/\/127\.0\.0\.1:4010/.exec(command)?.[1];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [redocly, "respect", file, "--server", `${server}=${mock.url}`, "--input", inputs],
    {
      cwd: fileURLToPath(dist),
      env: { ...process.env, REDOCLY_TELEMETRY: "off", NO_PROXY: "127.0.0.1" },
    },
  );
  expect(stdout).toContain("passed");
});

function unescapeHtml(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}
