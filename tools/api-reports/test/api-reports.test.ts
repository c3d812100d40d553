import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { mayBreak, readChangesets } from "../src/allowed.ts";
import { type Break, findBreaks } from "../src/compare.ts";
import { listEntries, readBaseline, reportFile, root } from "../src/entries.ts";
import { makeReports } from "../src/make-reports.ts";

const entries = listEntries();
const names = entries.map((entry) => [reportFile(entry), entry] as const);
const kept = (file: string) =>
  existsSync(join(root, file)) ? readFileSync(join(root, file), "utf8") : "";

/** Changes that a report of the client goes through, and what they break. */
const planted: [what: string, from: string, to: string, breaks: string][] = [
  ["nothing", "", "", ""],
  ["a removed function", "export function parseDate", "function parseDate", "parseDate removed"],
  [
    "a removed type",
    "export interface PollInterval",
    "interface PollInterval",
    "PollInterval removed",
  ],
  [
    "a narrower parameter of a method",
    "list(customerId: string, call?: CallOptions)",
    'list(customerId: "one", call?: CallOptions)',
    "createQualificationsClient narrowed",
  ],
  [
    "a required option",
    "timeoutMs?: number",
    "timeoutMs: number",
    "createQualificationsClient narrowed",
  ],
  ["a lost member of a result", "    text: string;\n", "", "withResponse narrowed"],
  ["a lost member of an error", "readonly argument: string;", "", "InvalidRequestError narrowed"],
  ["a new option", "timeoutMs?: number", "other?: string | undefined;\n    timeoutMs?: number", ""],
  [
    "a new function",
    "export function parseDate",
    "export function other(): void;\n\n// @public\nexport function parseDate",
    "",
  ],
  ["a wider parameter", "parseDate(text: string | undefined)", "parseDate(text: unknown)", ""],
];

let reports: ReturnType<typeof makeReports>;
let breaks: Break[];
let ofPlanted: Break[];

beforeAll(async () => {
  reports = makeReports(entries);
  const pairs = reports.map(({ entry, text }) => ({
    before: readBaseline(entry.folder)?.reports.get(entry.name) ?? "",
    after: text,
  }));
  const client = reports.find(
    ({ entry }) => reportFile(entry) === "packages/client/etc/index.api.md",
  )!.text;
  const changed = planted.map(([, from, to]) => ({
    before: client,
    after: client.replace(from, to),
  }));
  // One run of the compiler for all of them.
  const all = await findBreaks([...pairs, ...changed]);
  breaks = all.filter(({ pair }) => pair < pairs.length);
  ofPlanted = all.filter(({ pair }) => pair >= pairs.length);
  // Alone it takes five seconds, most of them to read the libraries of TypeScript.
}, 240_000);

describe.each(names)("%s", (file, entry) => {
  const own = () => reports.find((one) => one.entry === entry)!;

  test("is the report of the built package", () => {
    const fix = `${file} differs from the built package. Run: npx -y pnpm@12 -C tools/api-reports run update — and review the diff.`;
    expect(own().text === kept(file), fix).toBe(true);
  });

  test("names everything that the declarations use", () => {
    expect(own().leaks, "Export these from the entry").toEqual([]);
  });

  test("breaks nothing that the last release had", () => {
    const { folder, package: name, version } = entry;
    const baseline = readBaseline(folder);
    if (!baseline || mayBreak(name, baseline.version, version, readChangesets())) return;
    const bump = baseline.version.startsWith("0.") ? "minor" : "major";
    const lines = breaks
      .filter(({ pair }) => reports[pair]?.entry === entry)
      .map(
        (one) =>
          `${file}: ${one.name} is ${one.how} since ${name} ${baseline.version}. Restore it, or add a changeset with "${name}": ${bump}.`,
      );
    expect(lines).toEqual([]);
  });
});

test.each(planted)("finds what %s breaks", (what, from, _, expected) => {
  const pair = reports.length + planted.findIndex(([other]) => other === what);
  expect(
    reports.some(({ text }) => text.includes(from)),
    from,
  ).toBe(true);
  const found = ofPlanted
    .filter((one) => one.pair === pair)
    .map(({ name, how }) => `${name} ${how}`);
  expect(expected === "" ? found : found.includes(expected) && expected, String(found)).toEqual(
    expected === "" ? [] : expected,
  );
});

const one = "@partner-qualifications/client";
test.each([
  ["0.1.0", "0.1.0", [], false],
  ["0.1.0", "0.1.1", [`---\n"${one}": patch\n---`], false],
  ["0.1.0", "0.1.0", [`---\n"${one}": minor\n---`], true],
  ["0.1.0", "0.1.0", ['---\n"@partner-qualifications/mock": major\n---'], false],
  ["0.1.0", "0.2.0", [], true],
  ["1.4.0", "1.5.0", [`---\n"${one}": minor\n---`], false],
  ["1.4.0", "1.4.0", [`---\n'${one}': major\n---`], true],
  ["1.4.0", "2.0.0", [], true],
])(
  "since %s, version %s with changesets %j may break: %s",
  (released, current, changesets, expected) => {
    expect(mayBreak(one, released, current, changesets)).toBe(expected);
  },
);
