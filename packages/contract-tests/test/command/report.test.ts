import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { startMock } from "@partner-qualifications/mock";
import { beforeAll, expect, test } from "vitest";
import { fewPaths, partOf } from "../phases/against-mock.ts";
import { inFolder, type Ran, runWith } from "../run-command.ts";
import { type Spoil, spoilingServer } from "../spoiling-server.ts";

const timeout = 240_000;

/** A service with many defects. Of its many failures, the few worst come last. */
const bad: Spoil = ({ status, headers, body }, { method, url, headers: sent }) => {
  if (method === "GET" && url.endsWith("/validations")) {
    return { status: 500, body: '{"code":"800003","description":"<&> \u0001 it broke"}' };
  }
  if (url.includes("validationStatus")) return { status: 202 };
  if (status === 400 && url.startsWith("/v1/customers?")) return { status: 200, body: "{}" };
  // 24 kB on the wire, and still accepted.
  if (url.length > 8192 && sent.accept) return { status: 500, body: '{"code":"800004"}' };
  if (method === "PUT") return { headers: { ...headers, "content-type": "text/html" }, body };
  return undefined;
};

interface Reports {
  ran: Ran;
  junit: string;
  html: string;
  failures: { check: string }[];
}

async function reportsOf(contract: object, args: string[], spoil: Spoil): Promise<Reports> {
  await using mock = await startMock();
  await using server = await spoilingServer(mock.url, spoil);
  return await inFolder(async (folder) => {
    const file = (name: string) => join(folder, name);
    const files = ["junit", "html", "json"].flatMap((kind) => [`--${kind}`, file(kind)]);
    const ran = await runWith(contract, ["--base-url", server.url, ...args, ...files]);
    const [junit = "", html = "", json = "{}"] = await Promise.all(
      ["junit", "html", "json"].map((kind) => readFile(file(kind), "utf8")),
    );
    return { ran, junit, html, ...(JSON.parse(json) as Pick<Reports, "failures">) };
  });
}

/** The numbered causes of a report, each with its lines. */
function causesIn({ stdout }: Ran): { title: string; count: number; lines: string[] }[] {
  const blocks = stdout.split(/^(?=\d+\. )/m).slice(1);
  return blocks.map((block) => {
    const [title = "", ...lines] = block.split("\n").slice(0, 4);
    const [, count = "1"] = /(\d+) times/.exec(lines[0] ?? "") ?? [];
    return { title, count: Number(count), lines };
  });
}

/** The operations with defects. */
const several = partOf(
  "/v1/customers",
  "/v1/customers/{customer_id}/validationStatus",
  "/v1/customers/{customer_id}/qualification",
  "/v1/customers/all/validations",
);

let whole: Reports;
beforeAll(async () => {
  whole = await reportsOf(several, ["--phase", "coverage", "--no-control"], bad);
}, timeout);

test("counts every failure in exactly one cause", () => {
  const causes = causesIn(whole.ran);
  expect(whole.failures.length).toBeGreaterThan(50);
  expect(causes.reduce((sum, { count }) => sum + count, 0)).toBe(whole.failures.length);
  expect(causes.length).toBeLessThan(whole.failures.length / 3);
  expect(whole.ran.stdout).toContain(
    `${whole.failures.length} failed of ${causes.length} causes: `,
  );
  expect(whole.ran.code).toBe(1);
});

test("shows a cause for every failed check", () => {
  const failed = [...whole.ran.stdout.matchAll(/✗ (\S+)/g)].map(([, name]) => name);
  const shown = causesIn(whole.ran).map(({ title }) => /^\d+\. ([^,]+)/.exec(title)?.[1]);
  expect(failed.length).toBeGreaterThan(3);
  expect(new Set(shown)).toEqual(new Set(failed));
});

test("counts as many failures in the rows as in the causes", () => {
  const rows = [...whole.ran.stdout.matchAll(/✗ (\S+) +\d+ judged, (\d+) failed/g)];
  const counts = Object.fromEntries(rows.map(([, name, count]) => [name, Number(count)]));
  const perCheck = Object.groupBy(whole.failures, ({ check }) => check);
  expect(counts).toEqual(
    Object.fromEntries(Object.entries(perCheck).map(([name, all]) => [name, all?.length])),
  );
});

test("lists server errors first", () => {
  const [first, second] = causesIn(whole.ran);
  expect(first?.title).toMatch(/^1\. not_a_server_error, listValidationCodes: 500 /);
  expect(second?.title).toMatch(/^2\. not_a_server_error, listCustomers: 500 /);
});

test("stores long requests in replayable files", async () => {
  const lengths = whole.ran.stdout.split("\n").map((line) => line.length);
  expect(Math.max(...lengths)).toBeLessThan(800);
  const { lines: [, , last = ""] = [] } =
    causesIn(whole.ran).find(({ title }) => title.includes("800004")) ?? {};
  const [, word = ""] = /^ {3}sh (.+)$/.exec(last) ?? [];
  // As the shell reads it, since the temporary folder may have a space in its name.
  const { stdout: file } = await promisify(execFile)("sh", ["-c", `printf %s ${word}`]);
  const script = await readFile(file, "utf8");
  expect(script.length).toBeGreaterThan(8000);
  expect(script).toMatch(/^curl -i --path-as-is -X GET '?http.*\n$/);
  await rm(join(file, ".."), { recursive: true });
});

test("writes JUnit XML with a suite per check", () => {
  const { junit, ran } = whole;
  expect(junit).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites /);
  const causes = causesIn(ran);
  expect(junit.match(/<failure /g)).toHaveLength(causes.length);
  const suites = [...junit.matchAll(/<testsuite name="(\w[^"]*)"/g)].map(([, name]) => name);
  expect(suites).toEqual([...ran.stdout.matchAll(/^ {2}[✓✗-] (\S+)/gm)].map(([, name]) => name));
  expectWellFormed(junit);
  expect(junit).toContain("&lt;&amp;&gt;");
});

test("writes one HTML page with every cause and no script", () => {
  const { html, ran } = whole;
  expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
  expect(html.match(/<li><strong>/g)).toHaveLength(causesIn(ran).length);
  expect(html).not.toMatch(/<script|https?:\/\/(?!127\.0\.0\.1)[^ ]*\.(js|css)/);
  expect(html).toContain("&lt;&amp;&gt;");
  expectWellFormed(html.replace(/<!doctype html>/, "").replaceAll(/<meta [^>]*>/g, ""));
});

/** Forgets everything after a while. */
const forgets: Spoil = ({ body }, { method, url, count }) =>
  method === "GET" && url.endsWith("/qualifications") && count > 3 ? { body: "[]" } : { body };

test("has a row for walks and one for a failed walk", { timeout }, async () => {
  const walk = ["--phase", "stateful", "--seed", "3", "--max-cases", "5"];
  const held = await reportsOf(partOf(...fewPaths), walk, () => undefined);
  expect(held.ran.stdout).toMatch(/✓ stateful_model +\d+ judged/);
  expect(held.junit).toContain('<testsuite name="stateful_model" tests="1" failures="0"');
  const { ran } = await reportsOf(partOf(...fewPaths), walk, forgets);
  const rows = [...ran.stdout.matchAll(/✗ (\S+)/g)].map(([, name]) => name);
  const shown = causesIn(ran).map(({ title }) => /^\d+\. ([^,]+)/.exec(title)?.[1]);
  expect(shown.length).toBeGreaterThan(0);
  expect(new Set(rows)).toEqual(new Set(shown));
});

/** Expects all elements to be closed in order, and no character that XML forbids. */
function expectWellFormed(text: string): void {
  // oxlint-disable-next-line no-control-regex -- searches for control characters
  expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
  expect(text).not.toMatch(/&(?!(amp|lt|gt|quot|#39);)/);
  const open: string[] = [];
  for (const [, end, name = "", empty] of text.matchAll(/<(\/?)([a-z]\w*)[^<>]*?(\/?)>/g)) {
    // An unmatched element stays open, which fails below.
    if (end && open.at(-1) === name) open.pop();
    else if (!empty) open.push(end + name);
  }
  expect(open).toEqual([]);
}
