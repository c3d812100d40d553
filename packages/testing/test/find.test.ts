import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const program = fileURLToPath(new URL("../src/browser/prepare.ts", import.meta.url));

/** Prepares the browser as `test` does before any test. */
function prepare(env: Record<string, string>, ...args: string[]) {
  const options = { env: { PATH: "", ...env }, encoding: "utf8" } as const;
  const { status, stderr } = spawnSync(process.execPath, [...args, program], options);
  return { status, stderr };
}

test("reports a CHROME_PATH without an executable in one line", () => {
  expect(prepare({ CHROME_PATH: "/nowhere/chrome" })).toEqual({
    status: 1,
    stderr:
      "CHROME_PATH is /nowhere/chrome, which is not an executable file. Correct or unset it.\n",
  });
});

test("reports a missing Chrome in one line with advice", () => {
  const elsewhere =
    'data:text/javascript,Object.defineProperty(process,"platform",{value:"freebsd"})';
  expect(prepare({}, "--import", elsewhere)).toEqual({
    status: 1,
    stderr: "No Chrome or Chromium found. Install one, or set CHROME_PATH to its executable.\n",
  });
});
