import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../../..");

/** One entry of a published package. */
export interface Entry {
  /** The package's name. */
  package: string;
  version: string;
  /** The package's folder, from the root of the repository. */
  folder: string;
  /** `index`, or the name of the subpath. */
  name: string;
  /** The declarations, an absolute path. */
  declarations: string;
}

const folders = [
  "spec",
  ...["client", "credentials", "mock", "contract-suite"].map((one) => `packages/${one}`),
];

/** Lists the entries of the published packages that have declarations, from their manifests. */
export function listEntries(): Entry[] {
  return folders.flatMap((folder) => {
    const text = readFileSync(join(root, folder, "package.json"), "utf8");
    const { name, version, exports } = JSON.parse(text) as Manifest;
    return Object.entries(exports).flatMap(([subpath, target]) => {
      const file = declarationsOf(target);
      if (file === undefined) return [];
      const declarations = join(root, folder, file);
      if (!existsSync(declarations)) {
        throw new Error(`${folder} is not built: ${file} is missing. Run: npx -y pnpm@12 build`);
      }
      const entry = subpath === "." ? "index" : subpath.slice(2).replaceAll("/", "-");
      return [{ package: name, version, folder, name: entry, declarations }];
    });
  });
}

/** The file of an entry's report, from the root of the repository. */
export const reportFile = ({ folder, name }: Entry): string => `${folder}/etc/${name}.api.md`;

/** A version whose reports are kept, to compare with. */
export interface Baseline {
  version: string;
  /** By the name of the entry. */
  reports: Map<string, string>;
}

/** Reads the reports of a package's last release: those in the folder of `etc/` that has a version for a name. */
export function readBaseline(folder: string): Baseline | undefined {
  const etc = join(root, folder, "etc");
  const versions = existsSync(etc) ? readdirSync(etc).filter((name) => /^\d+\./.test(name)) : [];
  const [version] = versions;
  if (version === undefined) return undefined;
  if (versions.length > 1) {
    throw new Error(
      `${folder}/etc has several releases: ${versions.join(", ")}. Keep the last one.`,
    );
  }
  const files = readdirSync(join(etc, version)).map(
    (file) =>
      [file.replace(".api.md", ""), readFileSync(join(etc, version, file), "utf8")] as const,
  );
  return { version, reports: new Map(files) };
}

interface Manifest {
  name: string;
  version: string;
  exports: Record<string, unknown>;
}

/** Returns the first declarations of an entry's conditions. */
function declarationsOf(target: unknown): string | undefined {
  if (typeof target === "string") return /\.d\.[cm]?ts$/.test(target) ? target : undefined;
  for (const inner of Object.values(Object(target) as object)) {
    const found = declarationsOf(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}
