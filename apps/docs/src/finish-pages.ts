import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { SiteConfig } from "vitepress";
import { paintFirst } from "./first-paint.ts";
import { writeMarkdownPages } from "./markdown-pages.ts";
import { withoutScript } from "./not-found.ts";
import { pathOf } from "./page-facts.ts";
import { withPolicy } from "./policy.ts";
import { writeSearchIndex } from "./search/write-index.ts";
import { bundlePageScript, wakeLater } from "./wake-later.ts";

/** Pages that are alike share their rules: those of a folder. */
const kindOf = (path: string) =>
  /^(?:\w+(?=\/)|$|.*)/.exec(path)![0].replace(/^(?!.*\/).+$/, "text");

/** What VitePress rendered, made ready to be published: styles, scripts, policy, search and Markdown. */
export async function finishPages({ outDir, pages, rewrites, site }: SiteConfig): Promise<void> {
  const { base } = site;
  const sources = new Map(pages.map((source) => [rewrites.map[source] ?? source, source]));
  const file = (page: string) => join(outDir, page.replace(/\.md$/, ".html"));
  const kinds = Map.groupBy(sources.keys(), (page) => kindOf(pathOf(page)));
  for (const alike of kinds.values()) {
    const texts = await Promise.all(alike.map((page) => readFile(file(page), "utf8")));
    const painted = await paintFirst(texts, { base, outDir });
    for (const [index, page] of alike.entries()) {
      await writeFile(file(page), withPolicy(wakeLater(painted[index]!, base)));
    }
  }
  const notFound = join(outDir, "404.html");
  const html = await readFile(notFound, "utf8");
  await writeFile(notFound, withPolicy(withoutScript(html, base)));

  const dist = pathToFileURL(`${outDir}/`);
  for (const name of ["wake", "search"] as const) {
    await writeFile(new URL(`${name}.js`, dist), bundlePageScript(name));
  }
  const built = [...sources.keys()].map((page) => [pathOf(page), file(page)] as const);
  await writeSearchIndex(
    new Map(built.filter(([path]) => path !== "redoc/")),
    new URL("search.json", dist),
  );
  await writeMarkdownPages(sources, outDir);
}
