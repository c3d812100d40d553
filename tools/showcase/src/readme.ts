import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { launchBrowser } from "@partner-qualifications/testing/browser";
import markdownIt from "markdown-it";
import { codeToHtml } from "shiki";

const root = new URL("../../../", import.meta.url);

/** The styles of GitHub that decide what fits on a screen: widths, sizes and spacing. */
const style = `
  body { max-width: 1012px; margin: 0 auto; padding: 32px; color: #1f2328;
    font: 16px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
  h1, h2 { margin: 24px 0 16px; padding-bottom: .3em; border-bottom: 1px solid #d1d9e0b3; line-height: 1.25; }
  h1 { margin-top: 0; font-size: 2em; }
  p, ul, table, pre { margin: 0 0 16px; }
  img { max-width: 100%; }
  img[align="right"] { padding-left: 20px; }
  a { color: #0969da; }
  code { font: 85% ui-monospace, "Liberation Mono", monospace; }
  :not(pre) > code { padding: .2em .4em; border-radius: 6px; background: #818b981f; }
  pre { padding: 16px; overflow: auto; border-radius: 6px; background: #f6f8fa !important; line-height: 1.45; }
  table { display: block; width: max-content; max-width: 100%; border-collapse: collapse; }
  th, td { padding: 6px 13px; border: 1px solid #d1d9e0; }`;

/** The top of the README, as a visitor of the repository sees it: 1280 pixels wide, the first screen. */
export async function readme(directory: URL): Promise<void> {
  const source = await readFile(new URL("README.md", root), "utf8");
  const markdown = markdownIt({ html: true });
  let body = markdown.render(source);
  for (const { content, info } of markdown.parse(source, {}).filter(({ type }) => type === "fence")) {
    const plain = markdown.render(`\`\`\`${info}\n${content}\`\`\``).trim();
    body = body.replace(plain, await codeToHtml(content, { lang: info, theme: "github-light" }));
  }
  body = await inlinePictures(body);
  await using browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 1060 } });
  await page.setContent(`<!doctype html><meta charset="utf-8"><style>${style}</style>${body}`);
  const path = fileURLToPath(new URL("readme-top.jpg", directory));
  await page.screenshot({ path, type: "jpeg", quality: 65 });
}

async function inlinePictures(html: string): Promise<string> {
  let found = html;
  for (const [, name = ""] of html.matchAll(/<img [^>]*src="([^":]+)"/g)) {
    const data = (await readFile(new URL(name, root))).toString("base64");
    found = found.replace(`src="${name}"`, `src="data:image/png;base64,${data}"`);
  }
  return found;
}
