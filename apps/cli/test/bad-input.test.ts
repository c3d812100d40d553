import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { customerId, makeFolder, run, start } from "./world.ts";

vi.setConfig({ testTimeout: 120_000 });

test("lists each bad row with its line and reason, and counts the others", async () => {
  await using folder = await makeFolder();
  const file = await folder.write(
    "rows.csv",
    [
      "\uFEFFTenant ID;Type;School type;Website",
      `${customerId(1)};Education;K12;example.edu`,
      `"{${customerId(2).toUpperCase()}}";edu;higher education;"two
lines"`,
      `${customerId(1)};Education;HigherEducation;`,
      "not-a-guid;Education;K12;",
      `${customerId(3)};Education;Kindergarten;`,
      `${customerId(4)};Nonprofit;;`,
      `${customerId(5)};GCC;;`,
      `=HYPERLINK("http://evil.example");Education;K12;`,
      `${customerId(6)};soe;;`,
    ].join("\r\n"),
  );
  const { code, out, err } = await run(["portfolio", "plan", file, "--no-read", "--json"]);
  expect({ code, plan: JSON.parse(out) }).toMatchObject({
    code: 0,
    plan: {
      columns: {
        customerId: "Tenant ID",
        qualification: "Type",
        educationSegment: "School type",
        website: "Website",
      },
      rows: 9,
      bad: 6,
      request: { Education: 2, StateOwnedEntity: 1 },
    },
  });
  expect(
    err
      .trim()
      .split("\n")
      .map((line) => line.slice(file.length)),
  ).toEqual([
    ":5: is the same as line 2",
    ':6: "not-a-guid" is not a GUID',
    ':7: "Kindergarten" is not an education segment: K12 or HigherEducation',
    ':8: "Nonprofit" is not a qualification that can be requested: Education, GovernmentCommunityCloud or StateOwnedEntity',
    ":9: has no validation code, which GovernmentCommunityCloud requires",
    ':10: "=HYPERLINK("http://evil.example")" is not a GUID',
  ]);
  const strict = await run(["portfolio", "plan", file, "--no-read", "--strict"]);
  expect(strict.code).toBe(3);
});

test("reads tabs, JSON Lines, a file without a header, and mapped columns", async () => {
  await using folder = await makeFolder();
  const files = [
    ["rows.tsv", `customer\tqualification\tsegment\n${customerId(1)}\tEducation\tK12\n`],
    [
      "rows.jsonl",
      `{"customerId":"${customerId(1)}","qualification":"Education","educationSegment":"K12"}\n`,
    ],
    ["bare.csv", `${customerId(1)},Education,K12\n`],
    [
      "named.csv",
      `Mandant,Art\n${customerId(1)},K12\n`,
      "--map",
      "customerId=Mandant",
      "--map",
      "educationSegment=Art",
      "--qualification",
      "Education",
    ],
  ] as const;
  for (const [name, content, ...options] of files) {
    const file = await folder.write(name, content);
    const { out, err } = await run(["portfolio", "plan", file, "--no-read", "--json", ...options]);
    expect({ name, err, plan: JSON.parse(out || "{}") }).toMatchObject({
      name,
      err: "",
      plan: { request: { Education: 1 }, bad: 0 },
    });
  }
});

test("explains an unreadable file", async () => {
  await using folder = await makeFolder();
  await mkdir(join(folder.folder, "directory"));
  const secret = await folder.write("secret.csv", "customerId\n");
  await chmod(secret, 0o000);
  const cases: [file: string, message: string][] = [
    [join(folder.folder, "missing.csv"), "it does not exist"],
    [join(folder.folder, "directory"), "is a directory"],
    [await folder.write("empty.csv", "\uFEFF \n"), "is empty"],
    [
      await folder.write("sheet.xlsx", Buffer.from("PK\u0003\u0004\0\0")),
      "sheet.xlsx is an XLSX spreadsheet, which is not read. Save it as CSV UTF-8, and pass",
    ],
    [await folder.write("wide.csv", Buffer.from("customerId\n", "utf16le")), "is not UTF-8 text"],
    [await folder.write("other.csv", "name,age\nx,1\n"), "No column contains customer ids"],
    // Root can read everything.
    ...(process.getuid?.() === 0 ? [] : [[secret, "permission denied"] as [string, string]]),
  ];
  for (const [file, message] of cases) {
    const { code, out, err } = await run(["portfolio", "plan", file, "--no-read"]);
    expect({ code, out, err }).toEqual({ code: 2, out: "", err: expect.stringContaining(message) });
  }
});

test("reports a missing portfolio", async () => {
  await using folder = await makeFolder();
  const { code, err } = await run(["portfolio", "status", "--state", folder.state]);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("There is no portfolio") });
});

test("reports a database that cannot be opened", async () => {
  await using folder = await makeFolder();
  await mkdir(join(folder.state, "database"), { recursive: true });
  await folder.write("state/database/PG_VERSION", "damaged");
  const { code, err } = await run(["portfolio", "status", "--state", folder.state]);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("restore the folder") });
});

test("names the Node it needs on an older one", async () => {
  const older = 'Object.defineProperty(process, "versions", { value: { node: "22.12.0" } })';
  const module = `data:text/javascript,${encodeURIComponent(older)}`;
  const { code, err } = await start(["--help"], { NODE_OPTIONS: `--import ${module}` }).ended;
  expect({ code, err }).toEqual({
    code: 2,
    err: "qualifications needs Node 22.13 or newer; this is 22.12.0.\n",
  });
});
