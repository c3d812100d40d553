// Writes the pages of the packages. A separate build task: reading the types of every package takes longer than the
// rest of the site, and most changes of the docs do not touch them.

import { glob, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import {
  Application,
  type CommentDisplayPart,
  type CommentTag,
  type Context,
  Converter,
  type DeclarationReflection,
  OptionDefaults,
  ReflectionKind,
  type TypeDocOptions,
} from "typedoc";
import type { PluginOptions } from "typedoc-plugin-markdown";
import { repository } from "../address.ts";
import { blocks, frontmatter } from "./markdown.ts";

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
  preservedTypeAnnotationTags: ["@throws"],
  disableSources: true,
  readme: "none",
  // The packages are type-checked where they are.
  skipErrorChecking: true,
  logLevel: "Warn",
  outputFileStrategy: "members",
  membersWithOwnFile: ["Class", "Interface"],
  groupOrder: ["Functions", "Interfaces", "Type Aliases", "Variables", "Classes"],
  indexFormat: "table",
  entryFileName: "index",
  hidePageHeader: true,
  hideBreadcrumbs: true,
  useCodeBlocks: true,
  parametersFormat: "table",
  sanitizeComments: true,
  pageTitleTemplates: {
    module: ({ name }) => `@partner-qualifications/${name}`,
    member: ({ name }) => name,
  },
};

/** What most programs begin with, in the order in which they meet it; the rest follows by name. */
const firstUsed = [
  "createQualificationsClient",
  "appUserCredential",
  "appOnlyCredential",
  "startMock",
  "createFakeClient",
  "QualificationsClient",
  "Qualifications",
  "Vetting",
  "Outcome",
  "QualificationRequest",
  "QualificationsClientOptions",
  "CallOptions",
  "WriteOptions",
  "PollOptions",
  "Mock",
  "MockOptions",
  "PartnerCenterError",
];

/** Writes the pages of the packages: the README, then the exports, with a page for each class and interface. */
async function writePackagePages(directory: URL): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  const app = await Application.bootstrapWithPlugins({ ...options, out: fileURLToPath(directory) });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, tidy);
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, nameErrors);
  // After TypeDoc's own sorting.
  app.converter.on(Converter.EVENT_RESOLVE_END, orderByUse, -10_000);
  const project = await app.convert();
  if (!project) throw new Error("TypeDoc could not read the packages");
  await app.generateOutputs(project);
  if (app.logger.hasErrors()) throw new Error("TypeDoc could not write the packages' pages");
  // The list of packages is written by hand.
  await rm(new URL("index.md", directory));
  const files = await Array.fromAsync(glob("**/*.md", { cwd: fileURLToPath(directory) }));
  for (const file of files) await finish(file, directory);
}

/** Gives a page its head, the README of its package, and absolute links. */
async function finish(file: string, directory: URL): Promise<void> {
  const text = await readFile(new URL(file, directory), "utf8");
  const page = pageOf(file);
  const [name = "", ...parts] = page.split("/");
  const body = text.replaceAll(
    /\]\((?!https?:|#)([^)#]+\.md)(#[^)]*)?\)/g,
    (_, path: string, hash = "") => {
      const { pathname } = new URL(path, `https://site/${file}`);
      return `](/packages/${pageOf(pathname.slice(1))}${hash})`;
    },
  );
  const isPackage = parts.length === 0;
  const readme = isPackage && (await readReadme(name));
  const isMember = /\/(classes|interfaces)\//.test(page);
  const head = frontmatter({
    title: isMember ? parts.at(-1) : `@partner-qualifications/${page}`,
    source: `packages/${name}/${isPackage ? "README.md" : "src"}`,
    outline: [2, 3],
  });
  const exports = isPackage
    ? body.replace(/^# .*$/m, "## Exports").replaceAll(/^## (?!Exports)/gm, "### ")
    : body;
  await rm(new URL(file, directory));
  await writeFile(new URL(`${page}.md`, directory), `${blocks(head, readme, exports)}\n`);
}

/** The address of a generated file below `/packages/`. */
function pageOf(file: string): string {
  return file.replace(/(\/index)?\.md$/, "");
}

/** The README of a package, with its relative links leading to the repository. */
async function readReadme(name: string): Promise<string> {
  const folder = `packages/${name}/`;
  const text = await readFile(new URL(`${name}/README.md`, packages), "utf8");
  return text.trim().replaceAll(/\]\((?!https?:|#)([^)]+)\)/g, (_, path: string) => {
    const { pathname, hash } = new URL(path, `https://site/${folder}`);
    return `](${repository}/blob/main${pathname}${hash})`;
  });
}

function rank({ name }: { name: string }): number {
  return firstUsed.indexOf(name) + 1 || 1000;
}

function orderByUse({ project }: Context): void {
  for (const module of project.getReflectionsByKind(ReflectionKind.Module)) {
    const groups = (module as DeclarationReflection).groups ?? [];
    for (const { children } of groups) children.sort((one, other) => rank(one) - rank(other));
  }
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

/** Lists what a function throws under one heading, with the errors' names, which TypeDoc's Markdown leaves out. */
function nameErrors({ project }: Context): void {
  for (const { comment } of project.getReflectionsByKind(ReflectionKind.All)) {
    const [first, ...rest] = comment?.getTags("@throws") ?? [];
    if (!comment || !first) continue;
    const lines: CommentDisplayPart[] = [];
    for (const tag of [first, ...rest]) {
      const [start, ...more] = tag.content;
      lines.push(text("- "), ...errorsOf(tag, project));
      if (start) lines.push({ ...start, text: `: ${lowered(start.text)}` }, ...more);
      lines.push(text("\n"));
    }
    first.content = lines;
    comment.blockTags = comment.blockTags.filter((tag) => !rest.includes(tag));
  }
}

/** The errors of a `@throws` tag, each with a link to its page if it has one. */
function errorsOf({ typeAnnotation = "{Error}" }: CommentTag, project: Context["project"]) {
  const types = project.getReflectionsByKind(
    ReflectionKind.ClassOrInterface | ReflectionKind.TypeAlias,
  );
  const parts: CommentDisplayPart[] = [];
  for (const name of typeAnnotation.slice(1, -1).split(/\s*\|\s*/)) {
    if (parts.length > 0) parts.push(text(" or "));
    const target = types.find((type) => type.name === name);
    parts.push(
      target
        ? { kind: "inline-tag", tag: "@link", text: name, target }
        : { kind: "code", text: `\`${name}\`` },
    );
  }
  return parts;
}

const text = (value: string): CommentDisplayPart => ({ kind: "text", text: value });
const lowered = (value: string) => value.charAt(0).toLowerCase() + value.slice(1);

await writePackagePages(new URL("../../pages/generated/packages/", import.meta.url));
