import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const program = fileURLToPath(new URL("run-500-requests.ts", import.meta.url));
const bytes = (...args: string[]) => {
  const { stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: "utf8" });
  if (stderr) throw new Error(stderr);
  return stdout;
};

test("same seed, same requests, same clock moves: the same bytes in two processes", () => {
  const first = bytes("7");
  expect(first.split("\n").length).toBeGreaterThan(500);
  expect(new Set(first.match(/^HTTP\/1.1 \d+/gm))).toEqual(
    new Set([200, 201, 400, 403, 404, 409, 429, 503].map((status) => `HTTP/1.1 ${status}`)),
  );
  expect(bytes("7")).toBe(first);
  expect(bytes("8")).not.toBe(first);
});
