import { createHash } from "node:crypto";

/**
 * Makes a rendered page keep a strict Content-Security-Policy: hashes for the two small scripts that
 * choose the colours before the first paint, no style attribute, no script but the site's own.
 *
 * It stands in a meta element, because GitHub Pages cannot send headers. Try it calls a mock on the
 * reader's own machine, on whatever port it has; nothing else of another host is allowed.
 */
export function withPolicy(html: string): string {
  // Everything that VitePress sets so is set in the theme's style sheet as well.
  const page = html.replaceAll(/(<[a-z][^<>]*?) style="[^"]*"/g, "$1");
  const inline = [...page.matchAll(/<script\b(?![^>]*\bsrc=)[^>]*>(.*?)<\/script>/gs)];
  const hashes = inline.map(([, script = ""]) => `'sha256-${sha256(script)}'`);
  const policy = [
    "default-src 'self'",
    ["script-src 'self'", ...new Set(hashes)].join(" "),
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

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
