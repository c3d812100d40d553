import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

// The rules of retry live in the contract: one number there changes what a client built from it does.

const root = new URL("../", import.meta.url);
const copy = new URL("../generated/retry-from-contract/", import.meta.url);
afterAll(() => rmSync(copy, { recursive: true, force: true }));

test.each([2, 6])(
  "with maxAttempts %i in the contract, so many requests are sent",
  async (most) => {
    const directory = new URL(`${most}/`, copy);
    mkdirSync(directory, { recursive: true });
    for (const part of [
      "src",
      "generate.ts",
      "tsdown.config.ts",
      "tsconfig.json",
      "package.json",
    ]) {
      cpSync(new URL(part, root), new URL(part, directory), { recursive: true });
    }
    const base = fileURLToPath(new URL("../../tsconfig.base.json", root));
    writeFileSync(new URL("tsconfig.json", directory), JSON.stringify({ extends: base }));
    const contract = createRequire(import.meta.url).resolve(
      "@partner-qualifications/spec/openapi.json",
    );
    const edited = readFileSync(contract, "utf8").replaceAll(
      '"maxAttempts": 4',
      `"maxAttempts": ${most}`,
    );
    const file = fileURLToPath(new URL("openapi.json", directory));
    writeFileSync(file, edited);
    const run = (command: string, ...args: string[]) =>
      execFileSync(command, args, { cwd: directory, stdio: ["ignore", "ignore", "inherit"] });
    run(process.execPath, "generate.ts", file);
    run(
      process.execPath,
      fileURLToPath(new URL("node_modules/tsdown/dist/run.mjs", root)),
      "--no-dts",
      "--silent",
    );

    const { createQualificationsClient } = (await import(
      new URL("dist/index.js", directory).href
    )) as typeof import("../src/index.ts");
    let requests = 0;
    const client = createQualificationsClient({
      credential: "none",
      runtime: { ...systemRuntime, sleep: async () => {} },
      fetch: async () => {
        requests++;
        return Response.json({}, { status: 503 });
      },
    });
    await client.validationCodes.list().catch(() => {});
    expect(requests).toBe(most);
  },
);

const systemRuntime = {
  now: () => Date.now(),
  random: () => Math.random(),
  uuid: () => crypto.randomUUID(),
};
