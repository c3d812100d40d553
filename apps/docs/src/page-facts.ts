// What the build knows about a page beside its text: where it is edited, when it changed, its public address.

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { HeadConfig, PageData } from "vitepress";
import { repository, siteAddress } from "./address.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The day of the last commit to each file and folder; empty outside of a clone. */
function readDates(): Map<string, string> {
  const { stdout } = spawnSync("git", ["log", "--format=%x00%cs", "--name-only"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  const dates = new Map<string, string>();
  for (const commit of (stdout ?? "").split("\0").slice(1)) {
    const [date = "", ...files] = commit.split("\n").filter(Boolean);
    for (const file of files) {
      const parts = file.split("/");
      for (let length = parts.length; length > 0; length--) {
        const path = parts.slice(0, length).join("/");
        if (!dates.has(path)) dates.set(path, date);
      }
    }
  }
  return dates;
}

const dates = readDates();
const written = new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone: "UTC" });

/** The address of a page below the site: `guides/throttling`, `errors/`. */
export function pathOf(relativePath: string): string {
  return relativePath.replace(/(^|\/)index\.md$/, "$1").replace(/\.md$/, "");
}

/** Adds what `PageMeta.vue` shows. */
export function addFacts({ frontmatter, filePath, relativePath }: PageData): void {
  const source = String(frontmatter.source ?? `apps/docs/pages/${filePath}`);
  const date = dates.get(source);
  const view = /\.\w+$/.test(source) ? "edit" : "tree";
  Object.assign(frontmatter, {
    edit: `${repository}/${view}/main/${source}`,
    markdown: `/${relativePath}`,
    updated: date && { date, text: written.format(new Date(date)) },
  });
}

function property(name: string, content: string): HeadConfig {
  return ["meta", { property: `og:${name}`, content }];
}

/** The elements of a page's head for search engines and previews of links. */
export function headOf(page: PageData): HeadConfig[] {
  if (page.isNotFound) return [];
  const address = siteAddress + pathOf(page.relativePath);
  return [
    ["link", { rel: "canonical", href: address }],
    property("type", "article"),
    property("site_name", "Partner Center qualifications"),
    property("title", page.title),
    property("description", page.description),
    property("url", address),
    property("image", `${siteAddress}preview.png`),
    ["meta", { name: "twitter:card", content: "summary_large_image" }],
  ];
}
