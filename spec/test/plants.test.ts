import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

// Plants mistakes in a copy of the contract. The rules must report each at its place.

const root = new URL("../", import.meta.url);
// Inside this package, so that the rules find their imports.
const copies = new URL("generated/plants/", root);
const parts = [
  "openapi.yaml",
  "redocly.yaml",
  "redocly.diff.yaml",
  "package.json",
  "errors.yaml",
  "relations.yaml",
  "evidence.yaml",
  "contradictions.yaml",
  "assumptions.yaml",
  "plugins",
  "scripts",
  "released",
  "paths",
  "schemas",
  "parameters",
  "headers",
  "responses",
  "policies",
  "examples",
  "workflows",
];

afterAll(() => rmSync(copies, { recursive: true, force: true }));

interface Plant {
  file: string;
  /** A replacement in the file, or the text of a new file. */
  mistake: [find: string | RegExp, replacement: string] | string;
  /** Text on the line to be reported; by default, the root of the contract. */
  at?: string;
  found: RegExp;
}

const plants: Record<string, Plant> = {
  "a field without evidence": {
    file: "schemas/CustomerQualification.yaml",
    mistake: [
      "    x-evidence: [vetting-status-values, state-owned-entity-has-no-vetting, portal-labels]\n",
      "",
    ],
    at: "  vettingStatus:",
    found: /The property vettingStatus has no x-evidence/,
  },
  "a key without a target": {
    file: "schemas/ValidationCode.yaml",
    mistake: ["[validation-code-etag]", "[validation-code-tag]"],
    at: "validation-code-tag",
    found: /"validation-code-tag", which neither/,
  },
  "a relation without evidence": {
    file: "relations.yaml",
    mistake: ["  x-evidence: [get-customer, customer-id-is-tenant-guid]\n", ""],
    at: "  says: The customer has the id of the path.",
    found: /The entry has no x-evidence/,
  },
  "a relation of a missing operation": {
    file: "relations.yaml",
    mistake: ["operation: getCustomer\n", "operation: getCustomers\n"],
    at: "customer-is-the-one-requested:",
    found:
      /The relation customer-is-the-one-requested names getCustomers, which is not an operation/,
  },
  "an invalid example": {
    file: "examples/qualifications-approved.yaml",
    mistake: ["vettingStatus: Approved", "vettingStatus: 7"],
    at: "vettingStatus: 7",
    found: /must be string/,
  },
  "a missing header": {
    file: "responses/PartnerCenterConflict.yaml",
    mistake: ["  MS-RequestId: { $ref: ../headers/MS-RequestId.yaml }\n", ""],
    at: "headers:",
    found: /must contain a "MS-RequestId" header/,
  },
  "a request value removed without a major version": {
    file: "parameters/ValidationStatusType.yaml",
    mistake: ["[account, Account]", "[account]"],
    at: "[account]",
    found: /lost values: 'Account'/,
  },
  "an unbounded string in a request": {
    file: "schemas/EducationRequest.yaml",
    mistake: ["    maxLength: 2048\n", ""],
    at: "  website:",
    found: /maxLength is missing/,
  },
  "a closed enumeration in a response": {
    file: "schemas/CustomerQualification.yaml",
    mistake: [
      "      - $ref: ./KnownVettingStatus.yaml\n      - type: string\n        maxLength: 1024\n",
      "      - type: string\n        enum: [InReview, Approved, Denied]\n",
    ],
    at: "enum: [InReview, Approved, Denied]",
    found: /An enumeration in a response must be open/,
  },
  "a 429 without Retry-After": {
    file: "responses/PartnerCenterTooManyRequests.yaml",
    mistake: ["  Retry-After: { $ref: ../headers/Retry-After.yaml }\n", ""],
    at: "headers:",
    found: /must contain a "Retry-After" header/,
  },
  "an unused component": {
    file: "schemas/Unused.yaml",
    mistake: "type: string\nexample: a\n",
    at: "type: string",
    found: /is not used/,
  },
  "a scalar without an example": {
    file: "schemas/PartnerCenterGatewayError.yaml",
    mistake: ["    example: Rate limit is exceeded. Try again in 57 seconds.\n", ""],
    at: "  message:",
    found: /A scalar needs an example/,
  },
  "a retried status without a response": {
    file: "paths/customer.yaml",
    mistake: ['    "503": { $ref: ../responses/PartnerCenterServiceUnavailable.yaml }\n', ""],
    at: "x-retry:",
    found: /x-retry has 503, which getCustomer does not document/,
  },
  "an unmentioned contradiction": {
    file: "paths/qualifications.yaml",
    mistake: ["      C30,\n", ""],
    found: /Nothing in the contract mentions "C30"/,
  },
  "a fact as evidence of everything": {
    file: "schemas/*.yaml",
    mistake: [/^( {4}x-evidence: \[)/gm, "$1error-statuses, "],
    found: /"error-statuses" is the evidence of \d+ of \d+ properties/,
  },
  "a workflow step with an unknown operation": {
    file: "workflows/education-approved.arazzo.yaml",
    mistake: ["operationId: requestQualification", "operationId: requestQualifications"],
    at: "operationId: requestQualifications",
    found: /no operation "requestQualifications"/,
  },
  "a workflow that uses a missing output": {
    file: "workflows/government-with-validation-code.arazzo.yaml",
    mistake: ["value: $steps.find-code.outputs.code", "value: $steps.find-code.outputs.kode"],
    at: "outputs.kode",
    found: /kode/,
  },
};

/** `redocly diff` needs a contract that the rules accept, so this mistake gets its own copy. */
const breaking = "a request value removed without a major version";
/** All others are planted in one copy, because the rules report every mistake. */
const together = Object.keys(plants).filter((name) => name !== breaking);
const linted = new Map<string, ReturnType<typeof plantAndLint>>();

test.concurrent.each(Object.entries(plants))("reports %s at its place", async (name, plant) => {
  const names = name === breaking ? [breaking] : together;
  const key = names.join();
  if (!linted.has(key)) linted.set(key, plantAndLint(names));
  const { code, output, copy } = await linted.get(key)!;
  expect(code).not.toBe(0);
  expect(output).toMatch(plant.found);
  if (plant.at === undefined) return;
  const [file = plant.file] = globSync(plant.file, { cwd: copy });
  const line = readFileSync(new URL(file, copy), "utf8")
    .split("\n")
    .findIndex((words) => words.includes(plant.at!));
  expect(problemsAt(output, `${file}:${line + 1}`)).toMatch(plant.found);
});

/** Returns the problems at a place from the linter's output. */
function problemsAt(output: string, place: string): string {
  return output
    .split(/^(?=\[\d+\] )/m)
    .filter((problem) => problem.includes(place))
    .join("\n");
}

async function plantAndLint(names: string[]) {
  const copy = new URL(`${names.length}-${names[0]?.replaceAll(" ", "-")}/`, copies);
  mkdirSync(copy, { recursive: true });
  for (const part of parts) cpSync(new URL(part, root), new URL(part, copy), { recursive: true });
  for (const { file, mistake } of names.map((name) => plants[name]!)) {
    for (const found of file.includes("*") ? globSync(file, { cwd: copy }) : [file]) {
      const place = new URL(found, copy);
      const before = existsSync(place) ? readFileSync(place, "utf8") : "";
      const text = typeof mistake === "string" ? mistake : before.replace(...mistake);
      writeFileSync(place, text);
    }
  }
  return { copy, ...(await lint(copy)) };
}

/** Runs the package's lint script in a copy. */
function lint(copy: URL): Promise<{ code: number | null; output: string }> {
  const { scripts } = JSON.parse(readFileSync(new URL("package.json", copy), "utf8")) as {
    scripts: { lint: string };
  };
  const bin = fileURLToPath(new URL("node_modules/.bin", root));
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
  const child = spawn("bash", ["-c", scripts.lint], { cwd: copy, env });
  let output = "";
  child.stdout.on("data", (chunk) => (output += String(chunk)));
  child.stderr.on("data", (chunk) => (output += String(chunk)));
  return new Promise((resolve) => {
    child.on("close", (code) => resolve({ code, output }));
  });
}
