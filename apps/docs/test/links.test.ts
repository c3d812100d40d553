import { access } from "node:fs/promises";
import { expect, test } from "vitest";
import { addresses, dist, readPage } from "./site.ts";

const pages = new Map(
  await Promise.all((await addresses()).map(async (page) => [page, await readPage(page)] as const)),
);

interface Link {
  from: string;
  path: string;
  hash: string;
}

const links = [...pages].flatMap(([from, html]) =>
  [...html.matchAll(/<a\b[^>]*\bhref="([^"]+)"/g)].flatMap(([, href = ""]): Link[] => {
    const { origin, pathname, hash } = new URL(href.replaceAll("&amp;", "&"), `http://site${from}`);
    return origin === "http://site" ? [{ from, path: pathname, hash: hash.slice(1) }] : [];
  }),
);

test("every link leads to a page, or to a file beside the site", async () => {
  const dead: Link[] = [];
  for (const link of links) {
    if (pages.has(link.path)) continue;
    const file = link.path.endsWith("/") ? `${link.path}index.html` : link.path;
    await access(new URL(file.slice(1), dist)).catch(() => dead.push(link));
  }
  expect(links.length).toBeGreaterThan(1000);
  expect(dead).toEqual([]);
});

test("links only to existing anchors", () => {
  const lost = links.filter(({ path, hash }) => {
    const page = pages.get(path);
    return page && hash && !page.includes(`id="${decodeURIComponent(hash)}"`);
  });
  expect(lost).toEqual([]);
});

test("every page can be reached from the first by links", () => {
  const reached = new Set(["/"]);
  for (const page of reached) {
    for (const { from, path } of links) if (from === page && pages.has(path)) reached.add(path);
  }
  expect([...pages.keys()].filter((page) => !reached.has(page))).toEqual([]);
});
