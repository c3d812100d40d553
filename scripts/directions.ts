// Which way imports may point, as overrides of the lint rule `no-restricted-imports`. Type imports, `export … from`
// and dynamic imports count.

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { OxlintOverride } from "oxlint";

/** The workspace packages that each package's sources may import. Tools may import every package. */
const mayImport: Record<string, string[]> = {
  spec: [],
  "packages/command-options": [],
  "packages/testing": [],
  "packages/client": [],
  "packages/credentials": ["client", "command-options"],
  "packages/mock": ["spec", "command-options"],
  "packages/contract-suite": ["spec", "command-options"],
  "packages/contract-tests": ["spec", "client", "mock", "contract-suite", "testing"],
  "apps/demo": ["spec", "client", "credentials"],
  "apps/docs": ["spec", "client", "credentials", "mock"],
  "apps/cli": ["spec", "client", "credentials", "mock"],
};

/**
 * The folders and top-level modules of a package's sources, from top to bottom. Each imports only those
 * below it. Names joined by `|` are neighbors, which do not import each other.
 */
const rooms: Record<string, string[]> = {
  "packages/client/src": [
    "index",
    "client|testing|http|node",
    "options|resources",
    "vetting",
    "records",
    "answers",
    "pipeline",
    "token",
    "hooks|check|on-demand",
    "errors|runtime",
  ],
  "packages/credentials/src": [
    "cli|index",
    "consent",
    "credential",
    "token",
    "store",
    "settings",
    "errors",
  ],
  "packages/contract-suite/src": [
    "cli|index",
    "report|package-file",
    "phases",
    "checks|coverage",
    "exchange",
    "schema-cases|errors",
  ],
  "packages/mock/src": [
    "cli|index",
    "start-mock",
    "handle",
    "control",
    "gateway",
    "world",
    "faults",
    "simulator",
    "prism",
    "http|require-node",
  ],
  "apps/cli/src": [
    "cli",
    "index",
    "commands|portfolio",
    "report|work",
    "store",
    "rows",
    "options|print",
    "failure",
  ],
  "apps/demo/src": ["browser|server", "shared"],
};

/** Folders without rules. */
const generated = ["generated", "dist"];

/**
 * Returns the lint overrides that enforce the directions.
 *
 * @param root The folder of the workspace.
 * @throws {Error} If a package or a folder is missing from the tables.
 */
export function directions(root: string): OxlintOverride[] {
  const folders = ["packages", "apps", "tools"].flatMap((parent) =>
    foldersIn(join(root, parent)).map((name) => `${parent}/${name}`),
  );
  const listed = new Set([...Object.keys(mayImport), ...folders]);
  const names = [...listed].map(nameOf);
  const notForTests = [...listed].filter((folder) => /^(apps|tools)\//.test(folder)).map(nameOf);

  const overrides: OxlintOverride[] = [];
  for (const folder of listed) {
    if (folder.startsWith("tools/")) continue;
    const own = nameOf(folder);
    const allowed = mayImport[folder];
    if (!allowed) {
      throw new Error(`${folder} is not in scripts/directions.ts. Add what it imports.`);
    }
    const sources = [
      inPackage(names.filter((name) => ![own, ...allowed].includes(name))),
      byPath(names),
    ];
    const tests = [...notForTests, ...(own === "client" ? ["mock"] : [])];
    overrides.push(
      restrict(`${folder}/{src,model,host,showroom}/**`, sources),
      restrict(`${folder}/test/**`, [inPackage(tests.filter((name) => name !== own))]),
    );
    for (const { path, above } of roomsOf(root, `${folder}/src`)) {
      // Beside the sources are folders that use them: those of the demo.
      const beside = inRoom("(\\.\\./)+", ["host", "showroom"]);
      overrides.push(
        restrict(`${path}/**`, [...sources, beside, inRoom("(\\.\\./)+", above)]),
        restrict(`${path}.ts`, [...sources, inRoom("\\./", above)]),
      );
    }
  }
  return overrides;
}

/** Returns the folders of a package that have others above or beside them. */
function roomsOf(root: string, source: string) {
  const levels = rooms[source]?.map((level) => level.split("|")) ?? [];
  const listed = new Set([...levels.flat(), ...generated]);
  const missing = foldersIn(join(root, source)).filter((name) => !listed.has(name));
  if (levels.length > 0 && missing.length > 0) {
    throw new Error(`${source}/${missing[0]} is not in scripts/directions.ts. Add its place.`);
  }
  const found = levels.flatMap((level, index) => {
    const upTo = levels.slice(0, index + 1).flat();
    return level.map((name) => ({
      path: `${source}/${name}`,
      above: upTo.filter((other) => other !== name),
    }));
  });
  return found.filter(({ above }) => above.length > 0);
}

interface Pattern {
  regex: string;
  message: string;
}

function inPackage(names: string[]): Pattern {
  return {
    regex: `^@partner-qualifications/(${names.join("|")})(/|$)`,
    message: "This package may not import that one: see mayImport in scripts/directions.ts.",
  };
}

function byPath(names: string[]): Pattern {
  return {
    regex: `^(\\.\\./)+([\\w-]+/)?(${names.join("|")})/(src|dist|model|test)/`,
    message: "Import another package by its name.",
  };
}

function inRoom(prefix: string, names: string[]): Pattern {
  return {
    regex: `^${prefix}(${names.join("|")})(/|\\.tsx?$)`,
    message: "A folder imports only folders below it: see rooms in scripts/directions.ts.",
  };
}

function restrict(files: string, patterns: Pattern[]): OxlintOverride {
  return { files: [files], rules: { "no-restricted-imports": ["error", { patterns }] } };
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

function nameOf(folder: string): string {
  return folder.slice(folder.lastIndexOf("/") + 1);
}
