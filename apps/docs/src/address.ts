import { readFileSync } from "node:fs";

const { repository: home, homepage } = JSON.parse(
  readFileSync(new URL("../../../package.json", import.meta.url), "utf8"),
) as { repository: { url: string }; homepage?: string };

/** The page of the repository, from the root manifest, which is the one place that names it. */
export const repository: string = home.url.replace(/^git\+|\.git$/g, "");

const [owner = "", name = ""] = repository.split("/").slice(-2);

/**
 * Where the site is published, with a slash at the end: `DOCS_URL`, else the root manifest's `homepage`, else the
 * address that GitHub Pages gives to the repository. Only what must be absolute uses it: canonical addresses, the
 * site map, the feed and the picture for link previews.
 */
export const siteAddress: string = (
  process.env.DOCS_URL ??
  homepage ??
  `https://${owner.toLowerCase()}.github.io/${name}/`
).replace(/\/*$/, "/");

/** Where `start` runs the mock, the demo and the docs unless other ports are given; every page is built with these. */
export const defaults = {
  mock: "http://127.0.0.1:4010",
  demo: "http://127.0.0.1:4000",
  docs: "http://127.0.0.1:4020",
};
