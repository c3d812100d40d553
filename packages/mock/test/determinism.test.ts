import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const program = fileURLToPath(new URL("run-requests.ts", import.meta.url));

async function bytes(seed: number, requests: number): Promise<string> {
  const options = { maxBuffer: 64 * 1024 * 1024 };
  const args = [program, String(seed), String(requests)];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, options);
  if (stderr) throw new Error(stderr);
  return stdout;
}

test("returns the same bytes for the same seed, requests and clock moves", async () => {
  const [first, second, other] = await Promise.all([bytes(7, 500), bytes(7, 500), bytes(8, 20)]);
  expect(first.split("\n").length).toBeGreaterThan(500);
  expect(new Set(first.match(/^HTTP\/1.1 \d+/gm))).toEqual(
    new Set([200, 201, 400, 403, 404, 409, 429, 503].map((status) => `HTTP/1.1 ${status}`)),
  );
  expect(second).toBe(first);
  expect(first.startsWith(other)).toBe(false);
});
