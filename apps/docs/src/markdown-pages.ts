// Each page as Markdown, for language models and for readers who copy it, and their list in llms.txt.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const pages = fileURLToPath(new URL("../pages/", import.meta.url));

/** Groups of llms.txt, by the folder of their pages. */
const groups: [title: string, folder: RegExp][] = [
  ["Start and guides", /^(start|concepts|test-data|guides\/)/],
  ["Operations", /^reference\//],
  ["Error codes", /^errors\//],
  ["Packages", /^packages\/(?!.*\/(classes|interfaces)\/)/],
  ["Versions", /^(changelog|download|openapi\/)/],
  ["Optional", /./],
];

/**
 * Writes every page as Markdown beside its HTML, and llms.txt.
 *
 * @param sources The file of each page below `pages/`, by its path below the site with `.md`.
 */
export async function writeMarkdownPages(sources: Map<string, string>, dist: string) {
  const listed = groups.map(([title]) => ({ title, lines: [] as string[] }));
  for (const [path, source] of sources) {
    const text = await readFile(resolve(pages, source), "utf8");
    const { title = "", description = "", body } = splitHead(text);
    if (/^layout: (?:page|home)/m.test(text)) continue;
    const file = resolve(dist, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, await plainMarkdown(body, dirname(resolve(pages, source))));
    const place = groups.findIndex(([, folder]) => folder.test(path));
    listed[place]!.lines.push(`- [${title}](${path})${description && `: ${description}`}`);
  }
  const lists = listed.map(({ title, lines }) => `## ${title}\n\n${lines.join("\n")}`);
  const intro =
    "# Partner Center qualifications\n\n> A documented OpenAPI contract, a typed TypeScript client and a stateful mock for Microsoft Partner Center's customer-qualifications API. Not a Microsoft product.\n\nThe contract itself: [openapi.yaml](openapi.yaml), [openapi.json](openapi.json).";
  await writeFile(resolve(dist, "llms.txt"), `${[intro, ...lists].join("\n\n")}\n`);
}

function splitHead(text: string) {
  const [, head = "", body = text] = /^---\n(.*?)\n---\n(.*)$/s.exec(text) ?? [];
  const field = (name: string) =>
    new RegExp(`^${name}: "?(.*?)"?$`, "m").exec(head)?.[1]?.replaceAll('\\"', '"');
  return { title: field("title"), description: field("description"), body };
}

/** Resolves includes and removes what only the site understands. Code stays as it is. */
async function plainMarkdown(body: string, folder: string): Promise<string> {
  let text = body;
  for (const [whole, path = ""] of text.matchAll(/<!--@include: (\S+)-->/g)) {
    text = text.replace(whole, await readFile(resolve(folder, path), "utf8"));
  }
  for (const [whole, path = "", info = "", label] of text.matchAll(
    /^<<< @\/(\S+?)(?:\{(\w+)\})?(?: \[(.+)\])?$/gm,
  )) {
    const code = await readFile(resolve(pages, path), "utf8");
    const language = info || path.split(".").at(-1)!;
    const name = label ? ` [${label}]` : "";
    text = text.replace(whole, () => `\`\`\`${language}${name}\n${code.trimEnd()}\n\`\`\``);
  }
  const parts = text.split(/^(```[^]*?^```)$/m);
  const plain = parts.map((part, place) => (place % 2 === 1 ? named(part) : withoutTags(part)));
  return `${plain
    .join("")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim()}\n`;
}

/** A block of code with its tab's label above it. */
function named(block: string): string {
  return block.replace(/^```(\w+) \[(.+)\]$/m, "**$2**\n\n```$1");
}

function withoutTags(part: string): string {
  const parts = part.split(/(`[^`\n]*`)/);
  const words = parts.map((one, place) => {
    if (place % 2 === 1) return one;
    return one
      .replaceAll(/<nav class="sections".*<\/nav>|<div class="tabs".*<\/div>/g, "")
      .replaceAll(/^::: (?:warning|tip|info) ?(.*)$/gm, "**$1**")
      .replaceAll(/^:::.*$/gm, "")
      .replaceAll(/^!\[(.*)\]\(.*\)$/gm, "Picture: $1")
      .replaceAll(/<(summary|dt)>(.*?)<\/\1>/g, "**$2**")
      .replaceAll(/<\/?[A-Za-z][^<>]*>/g, "")
      .replaceAll("&lt;", "<")
      .replaceAll(/\]\(\/(?!\/)([^)#]*?)(#[^)]*)?\)\{target="_self"\}/g, "](/$1$2)");
  });
  return words.join("").replaceAll(/^ +$/gm, "");
}
