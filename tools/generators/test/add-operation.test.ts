import { execFile } from "node:child_process";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { generatedPages } from "@partner-qualifications/docs/pages";
import { startMock } from "@partner-qualifications/mock";
import { type JsonObject, readContract } from "@partner-qualifications/spec/model";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

// Follows the checklist "Add an operation" of CONTRIBUTING.md in a copy of the contract. The suite's own
// tests show that it derives the new cases.

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const root = join(import.meta.dirname, "../../..");
const spec = join(root, "spec");
// Inside the package, so that the lint rules find their imports.
const copy = join(spec, "generated/add-operation");
afterAll(() => rm(copy, { recursive: true, force: true }));

/** The steps of the checklist. */
const checklist = (await readFile(join(root, "CONTRIBUTING.md"), "utf8"))
  .split("## Add an operation")[1]!
  .split(/^\d+\. /m)
  .slice(1);

let bundled: JsonObject;
beforeAll(async () => {
  await rm(copy, { recursive: true, force: true });
  await mkdir(copy, { recursive: true });
  for (const name of await readdir(spec)) {
    if (/^(node_modules|dist|generated|released|test|\.turbo)$/.test(name)) continue;
    await cp(join(spec, name), join(copy, name), { recursive: true });
  }
  bundled = await addToContract();
});

/** Step 1: a path file, and its line in the contract. */
async function addToContract(): Promise<JsonObject> {
  const existing = await readFile(join(copy, "paths/customer.yaml"), "utf8");
  const added = existing
    .replaceAll("getCustomer", "getNickname")
    .replace(/summary: .*/, "summary: Get a customer's nickname");
  await writeFile(join(copy, "paths/nickname.yaml"), added);
  const contract = await readFile(join(copy, "openapi.yaml"), "utf8");
  const entry = "paths:\n  /v1/customers/{customer_id}/nickname:\n    $ref: paths/nickname.yaml\n";
  await writeFile(join(copy, "openapi.yaml"), contract.replace("paths:\n", entry));
  const redocly = join(spec, "node_modules/.bin/redocly");
  await run(redocly, "lint", "openapi.yaml", "--config=redocly.yaml");
  await run(redocly, "bundle", "openapi.yaml", "--config=redocly.yaml", "--output=openapi.json");
  return JSON.parse(await readFile(join(copy, "openapi.json"), "utf8")) as JsonObject;
}

test("names four existing places", async () => {
  expect(checklist).toHaveLength(4);
  const named = checklist.join("").matchAll(/`((?:spec|packages|apps)\/[^`]+)`/g);
  const places = Array.from(named, ([, place = ""]) => place);
  expect(places.length).toBeGreaterThanOrEqual(4);
  for (const place of places) {
    await expect(promisify(execFile)("ls", [join(root, place)]), place).resolves.toBeDefined();
  }
});

test("generates the client's types and its operation table entry", async () => {
  const output = join(copy, "client");
  await run(
    process.execPath,
    join(root, "packages/client/generate.ts"),
    join(copy, "openapi.json"),
    output,
  );
  const paths = await readFile(join(output, "paths.ts"), "utf8");
  expect(paths).toContain('"/v1/customers/{customer_id}/nickname": {');
  const operations = await readFile(join(output, "operations.ts"), "utf8");
  expect(operations).toMatch(
    /getNickname: .*"path":"\/v1\/customers\/\{customer_id\}\/nickname".*"needsUser":false.*retry0/,
  );
});

test("routes, authenticates and validates the operation in the mock", async () => {
  await using mock = await startMock({ contract: bundled });
  const status = async (id: string, method = "GET", token = "any") => {
    const headers = token ? { Authorization: `Bearer ${token}` } : {};
    const url = `${mock.url}/v1/customers/${id}/nickname`;
    return (await fetch(url, { method, headers })).status;
  };
  const customer = "11111111-2222-3333-4444-555555555555";
  expect(await status(customer, "DELETE")).toBe(405);
  expect(await status(customer, "GET", "")).toBe(401);
  expect(await status("not-a-guid")).toBe(400);
  // Step 3 is missing: the mock does not simulate the operation.
  expect(await status(customer)).toBe(500);
});

test("generates a reference page with its parameters", async () => {
  const pages = await generatedPages(readContract(bundled));
  const page = pages.get("reference/getNickname.md");
  expect(page).toContain("# Get a customer's nickname");
  expect(page).toContain('id="parameter-customer_id"');
  expect(pages.get("reference/index.md")).toContain("(/reference/getNickname)");
});

/** Runs a command in the copy. Its output becomes the error's message. */
async function run(command: string, ...args: string[]): Promise<void> {
  const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
  await promisify(execFile)(command, args, {
    cwd: copy,
    env: { ...process.env, PATH, NO_COLOR: "1" },
  }).catch((error: { stdout: string; stderr: string }) => {
    throw new Error(`${command} failed:\n${error.stderr}\n${error.stdout}`);
  });
}
