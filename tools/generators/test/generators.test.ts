import { execFile } from "node:child_process";
import { glob, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, delimiter, join } from "node:path";
import { promisify } from "node:util";
import { contract } from "@partner-qualifications/spec/model";
import { expect, test, vi } from "vitest";

// Users generate clients from the contract with other tools. The generated names land in their program's
// namespace, so they must show their origin.

// Slow on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

const root = join(import.meta.dirname, "..");
const contractFile = createRequire(import.meta.url).resolve(
  "@partner-qualifications/spec/openapi.json",
);

interface Generator {
  args: (output: string) => string[];
  /** The file with the exported types. */
  types: string;
  /** What it exports for every contract. */
  own?: string[];
}

const all: Record<string, Generator> = {
  orval: {
    args: (output) => [
      "--input",
      contractFile,
      "--output",
      join(output, "index.ts"),
      "--client",
      "fetch",
    ],
    types: "index.ts",
  },
  "openapi-ts": {
    args: (output) => ["-i", contractFile, "-o", output],
    types: "types.gen.ts",
    own: ["ClientOptions"],
  },
  "swagger-typescript-api": {
    args: (output) => ["generate", "-p", contractFile, "-o", output, "-n", "index.ts"],
    types: "index.ts",
    own: [
      "Api",
      "ApiConfig",
      "ContentType",
      "FullRequestParams",
      "HttpClient",
      "HttpResponse",
      "QueryParamsType",
      "RequestParams",
      "ResponseFormat",
    ],
  },
  oazapfts: {
    args: (output) => [contractFile, join(output, "index.ts")],
    types: "index.ts",
    own: ["defaults", "servers"],
  },
};
/** `test` runs the quickest one, `test:full` all. */
const [first] = Object.entries(all);
const generators = process.env.SWEEPS || !first ? Object.entries(all) : [first];

/** A name with Partner Center in it, or a term that only this API has. */
const domain =
  /PartnerCenter|ApiFault|Audit|Qualif|Vetting|Validat|Education|Government|StateOwned|^MS?s?[A-Z]|^XLocale|^OcpApim/;

/** The known values of an open set, and one that requests are restricted to. */
const sets = {
  EducationSegment: "K12",
  KnownApiFaultCode: "20002",
  KnownCustomerRelationship: "reseller",
  KnownLegacyQualification: "education",
  KnownQualification: "Education",
  KnownValidationStatus: "Allowed",
  KnownValidationStatusType: "account",
  KnownVettingReason: "Not an Academic Domain",
  KnownVettingStatus: "InReview",
};

test.each(generators)(
  "exports names of this API and closed sets from %s",
  async (name, generator) => {
    const output = join(root, "generated", name);
    await rm(output, { recursive: true, force: true });
    await mkdir(output, { recursive: true });
    await run(join(root, "node_modules/.bin", name), ...generator.args(output));

    const text = await readFile(join(output, generator.types), "utf8");
    const exported = [...text.matchAll(/^export (?:declare )?[a-z]+ (\w+)/gm)].map(
      ([, id = ""]) => id,
    );
    const names = [...new Set(exported)].filter((id) => !generator.own?.includes(id));
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter(isGeneral)).toEqual([]);
    expect(names.filter(repeatsItself)).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(Object.keys(sets)));

    await writeFile(join(output, "uses-sets.ts"), usesOf(`./${generator.types}`));
    await compile(output);
    await everyOperationIn(output);
  },
);

/** `Customer` is too general; `listCustomersResponse` is this API's. */
function isGeneral(name: string): boolean {
  return !domain.test(name) && !/\w+Customers?|Customers?[A-Z]/.test(name);
}

/**
 * Like `CustomerQualificationQualification`. A generator may put `get` before an operation that begins
 * with it.
 */
function repeatsItself(name: string): boolean {
  const words = name.replace(/^get(?=Get)/, "").match(/[A-Z]?[a-z]+/g) ?? [];
  return new Set(words.map((word) => word.toLowerCase())).size < words.length;
}

/** Uses each set: a known value compiles, another one does not. */
function usesOf(types: string): string {
  const lines = Object.entries(sets).flatMap(([set, value]) => [
    `export const known${set}: \`\${${set}}\` = ${JSON.stringify(value)};`,
    "// @ts-expect-error The set is closed.",
    `export const unknown${set}: \`\${${set}}\` = "No such value";`,
  ]);
  const open =
    'export const open: CustomerQualification = { qualification: "New", vettingStatus: "New" };';
  const imported = ["CustomerQualification", ...Object.keys(sets)].join(", ");
  return [`import type { ${imported} } from "${types}";`, ...lines, open, ""].join("\n");
}

async function compile(output: string): Promise<void> {
  const files = await Array.fromAsync(glob("**/*.ts", { cwd: output }));
  for (const file of files) {
    const text = await readFile(join(output, file), "utf8");
    // One generator disables type checking in its output.
    await writeFile(join(output, file), text.replaceAll("@ts-nocheck", ""));
  }
  const options =
    "--ignoreConfig --noEmit --strict --skipLibCheck --target es2023 --module esnext --moduleResolution bundler --allowImportingTsExtensions";
  const compiler = join(root, "node_modules/.bin/tsc");
  await run(compiler, ...options.split(" "), ...files.map((file) => join(output, file)));
}

async function everyOperationIn(output: string): Promise<void> {
  let text = "";
  for await (const file of glob("**/*.ts", { cwd: output })) {
    text += (await readFile(join(output, file), "utf8")).toLowerCase();
  }
  const ids = contract.operations.map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(5);
  expect(ids.filter((id) => !text.includes(id.toLowerCase()))).toEqual([]);
}

/** Runs a command with this process's Node. Its output becomes the error's message. */
async function run(command: string, ...args: string[]): Promise<void> {
  const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
  await promisify(execFile)(command, args, {
    cwd: root,
    env: { ...process.env, PATH, NO_COLOR: "1" },
  }).catch((error: { stdout: string; stderr: string }) => {
    throw new Error(`${command} failed:\n${error.stderr}\n${error.stdout}`);
  });
}
