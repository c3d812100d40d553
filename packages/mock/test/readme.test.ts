import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { parseScenario, startMock, testCustomers, testTokens } from "../src/index.ts";

// Processes are slow to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const root = new URL("../", import.meta.url);
const command = fileURLToPath(new URL("dist/cli.js", root));
const readme = await readFile(new URL("README.md", root), "utf8");
const run = promisify(execFile);

/** Returns the code blocks of a language. */
const blocks = (language: string) =>
  [...readme.matchAll(/^```(\w+)\n(.*?)^```/gms)]
    .filter(([, name]) => name === language)
    .map(([, , code = ""]) => code);

/** Returns the cells of the table below a header row, without backticks. */
function table(firstHeading: string): string[][] {
  const lines = readme.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`| ${firstHeading} `)) + 2;
  const rows = lines.slice(start, lines.indexOf("", start));
  return rows.map((row) => row.split("|").map((cell) => cell.trim().replaceAll("`", "")));
}

let directory = "";
beforeAll(async () => {
  // Inside the package, so that its own name resolves to the build, and where no other check reads it.
  const generated = new URL("generated/", root);
  await mkdir(generated, { recursive: true });
  directory = await mkdtemp(fileURLToPath(new URL("readme-", generated)));
});
afterAll(() => rm(directory, { recursive: true }));

test("has no code block in an untested language", () => {
  const languages = [...readme.matchAll(/^```(\w+)$/gm)].map(([, name]) => name);
  expect(languages.toSorted()).toEqual([
    "sh",
    "sh",
    "sh",
    "ts",
    "ts",
    "ts",
    "ts",
    "yaml",
    "yaml",
    "yaml",
  ]);
});

test.each(blocks("ts").map((code, index) => [index + 1, code] as const))(
  "prints the commented output of program %i",
  async (index, code) => {
    const file = `${directory}/program-${index}.ts`;
    await writeFile(file, code);
    const { stdout, stderr } = await run(process.execPath, [file]);
    const printed = [...code.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm)].map(([, text]) => text);
    expect(stdout.trim().split("\n")).toEqual(printed);
    expect(stderr).toBe("");
  },
);

test("starts the command and controls it with curl", async () => {
  const [install = "", start = "", controls = ""] = blocks("sh");
  const manifest = JSON.parse(await readFile(new URL("package.json", root), "utf8")) as object;
  expect(manifest).toMatchObject({
    name: install.trim().split(" ").at(-1),
    bin: { [start.split(" ")[1] ?? ""]: "./dist/cli.js" },
  });
  const options = start.trim().split(" ").slice(2);
  const child = spawn(process.execPath, [command, ...options, "--port", "0"]);
  let url = "";
  for await (const text of child.stdout.setEncoding("utf8")) {
    [, url = ""] = /on (http\S+)/.exec(String(text)) ?? [];
    if (url) break;
  }
  const { stdout } = await run("sh", ["-ec", controls.replaceAll("http://127.0.0.1:4010", url)]);
  child.kill();
  await once(child, "close");
  expect(stdout).toContain('"now":"2026-11-26T09:00:00.000Z"');
  expect(stdout).toContain('[{"count":2,"kind":"failure","status":503}]');
  expect(stdout).toContain('"entries":[]');
});

test("shows a valid scenario", async () => {
  await using mock = await startMock(await parseScenario(blocks("yaml").at(-1) ?? ""));
  expect(mock.control.faults).toEqual([{ kind: "failure", status: 503, count: 2 }]);
});

test("lists every command-line option", async () => {
  const { stdout } = await run(process.execPath, [command, "--help"]);
  const inHelp = [...stdout.matchAll(/^ {2}(--[\w-]+(?: [A-Z/]+)?) /gm)].map(([, flag]) => flag);
  const listed = table("Command").flatMap(([, flags = ""]) => flags.split(", "));
  expect(listed.filter((flag) => flag !== "").toSorted()).toEqual(inHelp.toSorted());
});

test("lists every test customer and token", () => {
  expect(table("Customer").map(([, id, summary]) => ({ id, summary }))).toEqual(
    testCustomers.map(({ id, summary }) => ({ id, summary })),
  );
  expect(table("Token").map(([, token, summary]) => ({ token, summary }))).toEqual(testTokens);
});

test("lists every fault and every control request", async () => {
  const text = await readFile(new URL("control.openapi.yaml", root), "utf8");
  const { paths, components } = parse(text) as {
    paths: Record<string, object>;
    components: { schemas: { FaultKind: { enum: string[] } } };
  };
  expect(table("Kind").map(([, kind]) => kind)).toEqual(components.schemas.FaultKind.enum);
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(table("Request").map(([, request]) => request)).toEqual(operations);
});
