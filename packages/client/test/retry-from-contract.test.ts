import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const contract = createRequire(import.meta.url).resolve(
  "@partner-qualifications/spec/openapi.json",
);
const root = new URL("../", import.meta.url);
const copy = new URL("../generated/retry-from-contract/", import.meta.url);

test.each([2, 6])("sends %i requests when the contract's maxAttempts says so", async (most) => {
  const directory = new URL(`${most}/`, copy);
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  mkdirSync(directory, { recursive: true });
  cpSync(new URL("src", root), new URL("src", directory), { recursive: true });
  const edited = readFileSync(contract, "utf8").replaceAll(
    '"maxAttempts": 4',
    `"maxAttempts": ${most}`,
  );
  writeFileSync(new URL("openapi.json", directory), edited);
  const inputs = ["openapi.json", "src/generated/"].map((name) =>
    fileURLToPath(new URL(name, directory)),
  );
  execFileSync(process.execPath, ["generate.ts", ...inputs], { cwd: root });

  const { createQualificationsClient } = (await import(
    new URL("src/index.ts", directory).href
  )) as typeof import("../src/index.ts");
  let requests = 0;
  const client = createQualificationsClient({
    credential: "none",
    runtime: {
      now: () => Date.now(),
      random: () => Math.random(),
      uuid: () => crypto.randomUUID(),
      sleep: async () => {},
    },
    fetch: async () => {
      requests++;
      return Response.json({}, { status: 503 });
    },
  });
  await client.validationCodes.list().catch(() => {});
  expect(requests).toBe(most);
});
