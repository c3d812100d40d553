/**
 * Lets a page load its scripts when the reader does something (`public/wake.js`), in place of at
 * once.
 *
 * @param base The path of the site, with a slash at both ends.
 */
export function wakeLater(html: string, base: string): string {
  const script = /^ *<script type="module" src="([^"]+)"><\/script>\n/gm;
  const modules = [...html.matchAll(script)].map(([, module]) => module);
  if (modules.length !== 2) {
    throw new Error(`Expected 2 scripts in a page of VitePress, found ${modules.length}`);
  }
  const lean = html.replace(script, "").replaceAll(/^ *<link rel="modulepreload" [^>]*>\n/gm, "");
  const loader = `<script src="${base}wake.js" data-modules="${modules.join(" ")}" defer></script>`;
  return lean.replace("</head>", `  ${loader}\n  </head>`);
}
