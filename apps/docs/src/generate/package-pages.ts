import { readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import {
  Application,
  type Context,
  Converter,
  type DeclarationReflection,
  OptionDefaults,
  ReflectionKind,
  type TypeDocOptions,
} from "typedoc";
import type { PluginOptions } from "typedoc-plugin-markdown";
import { frontmatter } from "./markdown.ts";

const packages = new URL("../../../../packages/", import.meta.url);

/** What the packages' `exports` name. */
const entries = [
  "client/src/index.ts",
  "client/src/http/index.ts",
  "client/src/node/index.ts",
  "client/src/testing/index.ts",
  "credentials/src/index.ts",
  "mock/src/index.ts",
];

const options: Partial<TypeDocOptions & PluginOptions> = {
  plugin: ["typedoc-plugin-markdown"],
  name: "Packages",
  entryPoints: entries.map((file) => fileURLToPath(new URL(file, packages))),
  tsconfig: fileURLToPath(new URL("../../tsconfig.packages.json", import.meta.url)),
  // The types of the wire are what the reference is for.
  externalPattern: ["**/generated/**", "**/node_modules/**"],
  excludeExternals: true,
  excludeInternal: true,
  excludePrivate: true,
  blockTags: [...OptionDefaults.blockTags, "@description"],
  disableSources: true,
  readme: "none",
  // The packages are type-checked where they are.
  skipErrorChecking: true,
  logLevel: "Warn",
  outputFileStrategy: "modules",
  entryFileName: "index",
  hidePageHeader: true,
  hideBreadcrumbs: true,
  useCodeBlocks: true,
  parametersFormat: "table",
  sanitizeComments: true,
  pageTitleTemplates: { module: ({ name }) => `@partner-qualifications/${name}` },
};

/** Pages of the packages' public functions and types, from their doc comments. */
export async function writePackagePages(directory: URL): Promise<void> {
  const app = await Application.bootstrapWithPlugins({ ...options, out: fileURLToPath(directory) });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, tidy);
  const project = await app.convert();
  if (!project) throw new Error("TypeDoc could not read the packages");
  await app.generateOutputs(project);
  for (const name of [
    "client",
    "client/http",
    "client/node",
    "client/testing",
    "credentials",
    "mock",
  ]) {
    const file = new URL(`${name}.md`, directory);
    // Only classes and functions; with all their members the outline would be longer than the page.
    const head = frontmatter({ outline: [2, 3] });
    await writeFile(file, `${head}\n\n${await readFile(file, "utf8")}`);
  }
  // The list of packages is written by hand.
  await rm(new URL("index.md", directory));
  if (app.logger.hasErrors()) throw new Error("TypeDoc could not write the packages' pages");
}

function tidy({ project }: Context): void {
  for (const reflection of project.getReflectionsByKind(ReflectionKind.All)) {
    const { inheritedFrom, overwrites, flags } = reflection as DeclarationReflection;
    // Modules are called by what is imported, not by their file.
    if (reflection.kindOf(ReflectionKind.Module))
      reflection.name = reflection.name.replace("/src", "");
    // What every error inherits stands once, at the class that it comes from.
    if (inheritedFrom || (overwrites && flags.isStatic)) project.removeReflection(reflection);
  }
}
