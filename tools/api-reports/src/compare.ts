import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { tsc } from "@partner-qualifications/testing/measure";

const exec = promisify(execFile);

/** Two reports of one entry. */
export interface Pair {
  before: string;
  after: string;
}

/** An export that programs written for the report before cannot use any more. */
export interface Break {
  /** The index of the pair. */
  pair: number;
  name: string;
  how: "removed" | "narrowed";
}

/**
 * Finds what a release breaks, with the compiler: each value of the report after must fit where the one before was
 * used, so its parameters accept as much and its results have as much. A type must fit in at least one direction;
 * which one counts shows where values use it.
 *
 * @throws {Error} When the compiler does not run.
 */
export async function findBreaks(pairs: Pair[]): Promise<Break[]> {
  const cache = join(import.meta.dirname, "../node_modules/.cache");
  await mkdir(cache, { recursive: true });
  // Here the imports of the reports can be resolved.
  const directory = await mkdtemp(join(cache, "compare-"));
  try {
    const breaks: Break[] = [];
    const checks: { pair: number; name: string }[] = [];
    const lines: string[] = [];
    for (const [pair, { before, after }] of pairs.entries()) {
      await writeFile(join(directory, `before${pair}.d.ts`), declarationsOf(before));
      await writeFile(join(directory, `after${pair}.d.ts`), declarationsOf(after));
      lines.push(
        `import * as b${pair} from "./before${pair}.js"; import * as a${pair} from "./after${pair}.js";`,
      );
      checks.push({ pair, name: "" });
      const now = new Set(exportsOf(after).map(({ name }) => name));
      for (const { name, isType, isGeneric } of exportsOf(before)) {
        if (!now.has(name)) breaks.push({ pair, name, how: "removed" });
        else if (!isType) {
          lines.push(`((x: typeof b${pair}.${name}) => x)(a${pair}.${name});`);
          checks.push({ pair, name });
        } else if (!isGeneric) {
          const [old, new_] = [`b${pair}.${name}`, `a${pair}.${name}`];
          lines.push(
            `true satisfies [${new_}] extends [${old}] ? true : [${old}] extends [${new_}] ? true : false;`,
          );
          checks.push({ pair, name });
        }
      }
    }
    await writeFile(join(directory, "checks.ts"), lines.join("\n"));
    const compilerOptions = {
      target: "es2022",
      lib: ["es2023", "dom", "esnext.disposable"],
      types: [],
      module: "nodenext",
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: true,
      noEmit: true,
    };
    await writeFile(join(directory, "tsconfig.json"), JSON.stringify({ compilerOptions }));
    await writeFile(join(directory, "package.json"), '{ "type": "module" }');
    const output = await exec(process.execPath, [tsc, "-p", directory], { cwd: directory }).then(
      ({ stdout }) => stdout,
      (error: { stdout?: string }) => {
        if (!error.stdout) throw error;
        return error.stdout;
      },
    );
    for (const [, line] of output.matchAll(/^checks\.ts\((\d+),/gm)) {
      const check = checks[Number(line) - 1];
      if (!check?.name) throw new Error(`The reports do not compile:\n${output}`);
      if (!breaks.some(({ pair, name }) => pair === check.pair && name === check.name)) {
        breaks.push({ ...check, how: "narrowed" });
      }
    }
    return breaks.toSorted((one, other) => one.pair - other.pair);
  } finally {
    await rm(directory, { recursive: true });
  }
}

interface Export {
  name: string;
  isType: boolean;
  isGeneric: boolean;
}

/** Lists the names that a report exports. */
function exportsOf(report: string): Export[] {
  const declared =
    /^export (?:declare )?(?:abstract )?(const|function|class|interface|type|enum|let) ([\w$]+)(<)?/gm;
  return [...report.matchAll(declared)].map(([, what, name = "", generic]) => ({
    name,
    isType: what === "interface" || what === "type",
    isGeneric: generic !== undefined,
  }));
}

/**
 * Returns the declarations of a report. Methods become properties with functions: the compiler compares the
 * parameters of methods in both directions, so that it would accept a narrower one.
 */
function declarationsOf(report: string): string {
  const [, code = ""] = /```ts\n([^]*?)```/.exec(report) ?? [];
  return code.replaceAll(
    /^( +)(\w+\??|\[Symbol\.\w+\])(<.*>)?\((.*)\): (.*);$/gm,
    (_, space: string, name: string, generic: string | undefined, given: string, result: string) =>
      `${space}${name}: ${generic ?? ""}(${given}) => ${result};`,
  );
}
