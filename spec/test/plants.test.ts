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

// Ten mistakes, each planted in a copy of the contract, each to be found by the rules at its place.

const root = new URL("../", import.meta.url);
// Inside this package, so that the rules find what they import.
const copies = new URL("generated/plants/", root);
const parts = [
  "openapi.yaml",
  "redocly.yaml",
  "redocly.diff.yaml",
  "package.json",
  "errors.yaml",
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
  /** What is replaced there, or the text of a new file. */
  mistake: [find: string | RegExp, replacement: string] | string;
  /** A text on the line that is to be named; without it, the root of the contract is named. */
  at?: string;
  found: RegExp;
}

const plants: Record<string, Plant> = {
  "a field without evidence": {
    file: "schemas/CustomerQualification.yaml",
    mistake: ["    x-evidence: [vetting-status-values, state-owned-entity-has-no-vetting]\n", ""],
    at: "  vettingStatus:",
    found: /The property vettingStatus has no x-evidence/,
  },
  "a key that leads nowhere": {
    file: "schemas/ValidationCode.yaml",
    mistake: ["[validation-code-etag]", "[validation-code-tag]"],
    at: "validation-code-tag",
    found: /"validation-code-tag", which neither/,
  },
  "an invalid example": {
    file: "examples/qualifications-approved.yaml",
    mistake: ["vettingStatus: Approved", "vettingStatus: 7"],
    at: "vettingStatus: 7",
    found: /must be string/,
  },
  "a missing header": {
    file: "responses/Conflict.yaml",
    mistake: ["  MS-RequestId: { $ref: ../headers/MS-RequestId.yaml }\n", ""],
    at: "headers:",
    found: /must contain a "MS-RequestId" header/,
  },
  "a request value removed without a major version": {
    file: "parameters/type.yaml",
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
  "a closed set in an answer": {
    file: "schemas/CustomerQualification.yaml",
    mistake: [
      "        enum: [InReview, Approved, Denied]\n      - type: string\n        maxLength: 1024\n",
      "        enum: [InReview, Approved, Denied]\n",
    ],
    at: "enum: [InReview, Approved, Denied]",
    found: /A set in an answer must be open/,
  },
  "a 429 without Retry-After": {
    file: "responses/TooManyRequests.yaml",
    mistake: ["  Retry-After: { $ref: ../headers/Retry-After.yaml }\n", ""],
    at: "headers:",
    found: /must contain a "Retry-After" header/,
  },
  "a component that nothing uses": {
    file: "schemas/Unused.yaml",
    mistake: "type: string\nexample: a\n",
    at: "type: string",
    found: /is used by nothing/,
  },
  "a scalar without an example": {
    file: "schemas/GatewayError.yaml",
    mistake: ["    example: Rate limit is exceeded. Try again in 57 seconds.\n", ""],
    at: "  message:",
    found: /A scalar needs an example/,
  },
  "a status to be retried that no answer has": {
    file: "paths/customer.yaml",
    mistake: ['    "503": { $ref: ../responses/ServiceUnavailable.yaml }\n', ""],
    at: "x-retry:",
    found: /x-retry has 503, which is no answer of getCustomer/,
  },
  "a contradiction that is mentioned nowhere": {
    file: "paths/qualifications.yaml",
    mistake: ["      C30,\n", ""],
    found: /Nothing in the contract mentions "C30"/,
  },
  "a fact that stands behind everything": {
    file: "schemas/*.yaml",
    mistake: [/^( {4}x-evidence: \[)/gm, "$1error-statuses, "],
    found: /"error-statuses" stands behind \d+ of \d+ properties: that is decoration/,
  },
  "a workflow step with an operation that is not there": {
    file: "workflows/education-approved.arazzo.yaml",
    mistake: ["operationId: requestQualification", "operationId: requestQualifications"],
    at: "operationId: requestQualifications",
    found: /no operation "requestQualifications"/,
  },
  "a workflow that uses an output that is not there": {
    file: "workflows/government-with-validation-code.arazzo.yaml",
    mistake: ["value: $steps.find-code.outputs.code", "value: $steps.find-code.outputs.kode"],
    at: "outputs.kode",
    found: /kode/,
  },
};

test.concurrent.each(Object.entries(plants))("%s is found at its place", async (name, plant) => {
  const copy = new URL(`${name.replaceAll(" ", "-")}/`, copies);
  mkdirSync(copy, { recursive: true });
  for (const part of parts) cpSync(new URL(part, root), new URL(part, copy), { recursive: true });
  const files = plant.file.includes("*") ? globSync(plant.file, { cwd: copy }) : [plant.file];
  let text = "";
  for (const file of files) {
    const place = new URL(file, copy);
    const before = existsSync(place) ? readFileSync(place, "utf8") : "";
    text = typeof plant.mistake === "string" ? plant.mistake : before.replace(...plant.mistake);
    writeFileSync(place, text);
  }

  const { code, output } = await lint(copy);
  expect(code).not.toBe(0);
  expect(output).toMatch(plant.found);
  const line = text.split("\n").findIndex((words) => plant.at && words.includes(plant.at));
  expect(output).toContain(plant.at ? `${plant.file}:${line + 1}` : "openapi.yaml:1:1");
});

test("without a plant the copy is clean", async () => {
  const copy = new URL("none/", copies);
  mkdirSync(copy, { recursive: true });
  for (const part of parts) cpSync(new URL(part, root), new URL(part, copy), { recursive: true });
  expect((await lint(copy)).code).toBe(0);
});

/** Runs the package's own lint script in a copy. */
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
