import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PurgeCSS } from "purgecss";

/**
 * Puts the rules whose names occur in a page into the page itself, so that it is painted without
 * waiting for the site's style sheet, and with less to match. `public/wake.js` puts the whole style
 * sheet in their place.
 *
 * @param site.base The path of the site, with a slash at both ends.
 * @param site.outDir Where the built site is.
 */
export async function paintFirst(html: string, site: { base: string; outDir: string }) {
  const [link, path] = /<link rel="preload stylesheet" href="([^"]+)" as="style">/.exec(html) ?? [];
  if (!link || !path) throw new Error("Expected a style sheet in a page of VitePress");
  const styles = await readFile(join(site.outDir, path.slice(site.base.length)), "utf8");
  const [needed] = await new PurgeCSS().purge({
    content: [{ raw: html, extension: "html" }],
    css: [{ raw: styles }],
    variables: true,
  });
  const style = `<style data-whole="${path}">${needed!.css.trim()}</style>`;
  return html.replace(link, () => style);
}
