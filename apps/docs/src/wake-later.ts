import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const wake = readFileSync(new URL("../pages/public/wake.js", import.meta.url));
/** Changes with the file, which must not be older than the page that it wakes. */
const version = createHash("sha256").update(wake).digest("hex").slice(0, 8);

/**
 * Lets a page load its scripts when the reader does something (`public/wake.js`), in place of at
 * once.
 *
 * @param base The path of the site, with a slash at both ends.
 */
export function wakeLater(html: string, base: string): string {
  const script = /^ *<script type="module" src="([^"]+)"><\/script>\n/gm;
  const preload = /^ *<link rel="modulepreload" href="([^"]+)"[^>]*>\n/gm;
  const addresses = (elements: RegExp) =>
    [...html.matchAll(elements)].map(([, address]) => address);
  const modules = addresses(script);
  if (modules.length !== 2) {
    throw new Error(`Expected 2 scripts in a page of VitePress, found ${modules.length}`);
  }
  const data = `data-modules="${modules.join(" ")}" data-parts="${addresses(preload).join(" ")}"`;
  const loader = `<script src="${base}wake.js?${version}" ${data} defer></script>`;
  const lean = html.replaceAll(script, "").replaceAll(preload, "");
  return lean.replace("</head>", `  ${loader}\n  </head>`);
}
