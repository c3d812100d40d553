import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

/** A script of `page/` with everything that it imports. */
export function bundlePageScript(name: "wake" | "search"): string {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL(`page/${name}.ts`, import.meta.url))],
    bundle: true,
    write: false,
    minify: true,
    target: "es2022",
    // The search is a module, which knows its own address.
    format: name === "wake" ? "iife" : "esm",
  });
  return outputFiles[0]!.text;
}

/** Changes with the file, which must not be older than the page that it belongs to. */
const versionOf = (name: "wake" | "search") =>
  createHash("sha256").update(bundlePageScript(name)).digest("hex").slice(0, 8);
const versions = { wake: versionOf("wake"), search: versionOf("search") };

/**
 * Lets a page load its scripts when the reader does something (`page/wake.ts`), instead of at once.
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
  const data = `data-modules="${modules.join(" ")}" data-parts="${addresses(preload).join(" ")}" data-search="${base}search.js?${versions.search}"`;
  const loader = `<script src="${base}wake.js?${versions.wake}" ${data} defer></script>`;
  const lean = html.replaceAll(script, "").replaceAll(preload, "");
  return lean.replace("</head>", `  ${loader}\n  </head>`);
}
