import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CompilerState,
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
} from "@microsoft/api-extractor";
import { type Entry, root } from "./entries.ts";

/** The report of an entry. */
export interface Report {
  entry: Entry;
  text: string;
  /** Names that the declarations use, and that a program cannot import. */
  leaks: string[];
}

const { None, Warning } = { None: "none", Warning: "warning" } as Record<string, ExtractorLogLevel>;

// API Extractor follows the source maps of declarations, which have positions without a source, and then reads
// a folder as a file. Reports need no positions.
const own = createRequire(createRequire(import.meta.url).resolve("@microsoft/api-extractor"));
const { FileSystem } = own("@rushstack/node-core-library") as {
  FileSystem: { exists: (path: string) => boolean };
};
const exists = FileSystem.exists;
FileSystem.exists = (path) => !path.endsWith(".d.ts.map") && exists(path);

/** Makes the report of each entry with API Extractor. The entries share one program, which takes most of the time. */
export function makeReports(entries: Entry[]): Report[] {
  const directory = mkdtempSync(join(tmpdir(), "api-reports-"));
  try {
    const additionalEntryPoints = entries.map(({ declarations }) => declarations);
    let compilerState: CompilerState | undefined;
    const texts = entries.map((entry) => {
      const config = configOf(entry, directory);
      compilerState ??= CompilerState.create(config, { additionalEntryPoints });
      Extractor.invoke(config, {
        compilerState,
        localBuild: true,
        messageCallback(message) {
          message.handled = true;
        },
      });
      return readFileSync(join(directory, `${entry.name}.api.md`), "utf8");
    });
    return entries.map((entry, at) => {
      const main = texts[entries.findIndex((one) => one.folder === entry.folder)]!;
      return { entry, ...withoutKnown(texts[at]!, main) };
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function configOf({ folder, name, declarations }: Entry, directory: string): ExtractorConfig {
  const projectFolder = join(root, folder);
  return ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(projectFolder, "package.json"),
    configObject: {
      projectFolder,
      mainEntryPointFilePath: declarations,
      newlineKind: "lf",
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: "es2022",
            module: "nodenext",
            lib: ["es2023", "dom", "esnext.disposable"],
            // The types of Node take a second to read. Only their names are reported.
            types: [],
            skipLibCheck: true,
            strict: true,
          },
          files: [declarations],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: name,
        reportFolder: directory,
        reportTempFolder: join(directory, "temp"),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: None! } },
        tsdocMessageReporting: { default: { logLevel: None! } },
        extractorMessageReporting: {
          default: { logLevel: None! },
          "ae-forgotten-export": { logLevel: Warning!, addToApiReportFile: true },
        },
      },
    },
  });
}

const forgotten = /^ *\/\/ Warning: \(ae-forgotten-export\) The symbol "([^"]+)".*\n( *\/\/\n)?/gm;

/** Removes the warnings about names that a program can import from the package's main entry. */
function withoutKnown(text: string, main: string): Omit<Report, "entry"> {
  const leaks: string[] = [];
  const rest = text.replaceAll(forgotten, (line, name: string) => {
    if (new RegExp(`^export .*\\b${name}\\b`, "m").test(main)) return "";
    leaks.push(name);
    return line;
  });
  return { text: rest, leaks };
}
