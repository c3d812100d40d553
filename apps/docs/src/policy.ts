import { createHash } from "node:crypto";

/**
 * Makes a rendered page keep a strict Content-Security-Policy: hashes for the two small scripts that
 * choose the colours before the first paint and for the page's own style element, no style attribute,
 * no script but the site's own.
 *
 * It is in a meta element, because GitHub Pages cannot send headers. Try it calls a mock on the
 * reader's own machine, on whatever port it has; nothing else of another host is allowed.
 */
export function withPolicy(html: string): string {
  // Redoc fills an empty style element through the style sheet's own interface.
  const ofRedoc = html.includes('class="redoc ') ? [`'sha256-${sha256("")}'`] : [];
  // Everything that VitePress sets so is set in the theme's style sheet as well.
  const page = html.replaceAll(/(<[a-z][^<>]*?) style="[^"]*"/g, "$1");
  const scripts = hashes(page, /<script\b(?![^>]*\bsrc=)[^>]*>(.*?)<\/script>/gs);
  const styles = hashes(page, /<style\b[^>]*>(.*?)<\/style>/gs);
  const policy = [
    "default-src 'self'",
    ["script-src 'self'", ...scripts].join(" "),
    ["style-src 'self'", ...styles, ...ofRedoc].join(" "),
    "img-src 'self' data:",
    "connect-src 'self' http://127.0.0.1:* http://localhost:*",
    "base-uri 'self'",
    "form-action 'none'",
    "object-src 'none'",
  ].join("; ");
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  const [head, ...rest] = page.split('<meta charset="utf-8">');
  if (rest.length !== 1) throw new Error("Expected one <meta charset> in a page of VitePress");
  return `${head}<meta charset="utf-8">\n    ${meta}${rest[0]}`;
}

/** What the policy calls each of some elements, by its content. */
function hashes(page: string, elements: RegExp): Set<string> {
  return new Set([...page.matchAll(elements)].map(([, text = ""]) => `'sha256-${sha256(text)}'`));
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
