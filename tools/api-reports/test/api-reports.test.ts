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

type Change = [from: string, to: string];

/** Changes of the client's report, and what they break. */
const planted: [what: string, changes: Change[], breaks: string[]][] = [
  [
    "removed exports and lost members",
    [
      ["export function parseDate", "function parseDate"],
      ["export interface PollInterval", "interface PollInterval"],
      ["    text: string;\n", ""],
      ["readonly argument: string;", ""],
    ],
    [
      "parseDate removed",
      "PollInterval removed",
      "withResponse narrowed",
      "InvalidRequestError narrowed",
    ],
  ],
  [
    "a narrower parameter of a method",
    [
      [
        "list(customerId: string, call?: CallOptions)",
        'list(customerId: "one", call?: CallOptions)',
      ],
    ],
    ["createQualificationsClient narrowed"],
  ],
  [
    "an option that becomes required",
    [["timeoutMs?: number", "timeoutMs: number"]],
    ["createQualificationsClient narrowed"],
  ],
  [
    "more options, more functions and wider parameters",
    [
      ["timeoutMs?: number", "other?: string | undefined;\n    timeoutMs?: number"],
      ["export function parseDate", "export function other(): void;\n\nexport function parseDate"],
      ["parseDate(text: string | undefined)", "parseDate(text: unknown)"],
    ],
    [],
  ],
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
  const own = reports.find(
    ({ entry }) => reportFile(entry) === "packages/client/etc/index.api.md",
  )!.text;
  const changed = planted.map(([, changes]) => {
    const after = changes.reduce((text, [from, to]) => text.replace(from, to), own);
    return { before: own, after };
  });
  // One run of the compiler for all of them.
  const all = await findBreaks([...pairs, ...changed]);
  breaks = all.filter(({ pair }) => pair < pairs.length);
  ofPlanted = all.filter(({ pair }) => pair >= pairs.length);
  // On a busy machine, reading the libraries of TypeScript takes minutes.
}, 240_000);

describe.each(names)("%s", (file, entry) => {
  const own = () => reports.find((one) => one.entry === entry)!;

  test("is the report of the built package", () => {
    const fix = `${file} differs from the built package. Run: npx -y pnpm@12 -C tools/api-reports run update — and review the diff.`;
    expect(own().text === kept(file), fix).toBe(true);
  });

  test("names everything used in the declarations", () => {
    expect(own().leaks, "Export these from the entry").toEqual([]);
  });

  test("breaks nothing in the last release", () => {
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

test.each(planted)("finds the breaks by %s", (what, changes, expected) => {
  for (const [from] of changes) {
    expect(reports.some(({ text }) => text.includes(from))).toBe(true);
  }
  const pair = reports.length + planted.findIndex(([other]) => other === what);
  const found = ofPlanted.filter((one) => one.pair === pair);
  const lines = found.map(({ name, how }) => `${name} ${how}`);
  for (const line of expected) expect(lines).toContain(line);
  // Values that use a narrower type are narrower too.
  expect(lines.length > 0, lines.join(", ")).toBe(expected.length > 0);
});

const client = "@partner-qualifications/client";
test.each([
  ["0.1.0", "0.1.0", [], false],
  ["0.1.0", "0.1.1", [`---\n"${client}": patch\n---`], false],
  ["0.1.0", "0.1.0", [`---\n"${client}": minor\n---`], true],
  ["0.1.0", "0.1.0", ['---\n"@partner-qualifications/mock": major\n---'], false],
  ["0.1.0", "0.2.0", [], true],
  ["1.4.0", "1.5.0", [`---\n"${client}": minor\n---`], false],
  ["1.4.0", "1.4.0", [`---\n'${client}': major\n---`], true],
  ["1.4.0", "2.0.0", [], true],
])(
  "since %s, version %s with changesets %j may break: %s",
  (released, current, changesets, expected) => {
    expect(mayBreak(client, released, current, changesets)).toBe(expected);
  },
);
