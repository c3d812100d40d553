import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PurgeCSS } from "purgecss";

const sheet = /<link rel="preload stylesheet" href="([^"]+)" as="style">/;

/**
 * Puts the rules whose names occur in pages of one kind into those pages, so that they are painted without waiting
 * for the site's style sheet, and with less to match. `page/wake.ts` puts the whole style sheet in their place.
 *
 * @param pages The HTML of pages that are alike.
 * @param site.base The path of the site, with a slash at both ends.
 * @param site.outDir Where the built site is.
 * @returns The pages in the same order.
 */
export async function paintFirst(
  pages: string[],
  site: { base: string; outDir: string },
): Promise<string[]> {
  const [link, path] = sheet.exec(pages[0] ?? "") ?? [];
  if (!link || !path) throw new Error("Expected a style sheet in a page of VitePress");
  const styles = await readFile(join(site.outDir, path.slice(site.base.length)), "utf8");
  const [needed] = await new PurgeCSS().purge({
    content: pages.map((raw) => ({ raw, extension: "html" })),
    css: [{ raw: styles }],
    // The search opens before the whole style sheet is there.
    safelist: [/^search-/],
    variables: true,
  });
  const style = `<style data-whole="${path}">${needed!.css.trim()}</style>`;
  return pages.map((html) => html.replace(link, () => style));
}
