import { contract } from "@partner-qualifications/spec/model";
import { defineConfig } from "vitepress";
import { markBareLinks } from "../src/bare-links.ts";
import { highlighting } from "../src/highlight.ts";
import { paintFirst } from "../src/first-paint.ts";
import { withoutScript } from "../src/not-found.ts";
import { withPolicy } from "../src/policy.ts";
import { sidebar } from "../src/sidebar.ts";
import { wakeLater } from "../src/wake-later.ts";

const base = process.env.DOCS_BASE ?? "/";

export default defineConfig({
  title: "Partner Center qualifications",
  titleTemplate: ":title · Partner Center qualifications",
  description:
    "Ask Microsoft to recognize a customer as education, government or state-owned, and follow the vetting.",
  lang: "en",
  srcDir: "pages",
  outDir: "dist",
  base,
  cleanUrls: true,
  rewrites: (id) => id.replace(/^generated\//, ""),
  // Made beside the site, not by VitePress.
  ignoreDeadLinks: [/^\/redoc\//, /^\/openapi\./, /^\/workflows\//],
  head: [["link", { rel: "icon", href: `${base}favicon.svg`, type: "image/svg+xml" }]],
  // It would write a style element, which the policy refuses.
  appearance: { disableTransition: false },
  markdown: { ...highlighting, config: (md) => md.core.ruler.push("bare-links", markBareLinks) },
  async transformHtml(html, file, { siteConfig: { outDir } }) {
    if (file.endsWith("404.html")) return withPolicy(withoutScript(html, base));
    return withPolicy(wakeLater(await paintFirst(html, { base, outDir }), base));
  },
  themeConfig: {
    siteTitle: "Qualifications",
    nav: [
      { text: "Start", link: "/start" },
      { text: "Guides", link: "/guides/asynchronous-flow", activeMatch: "/guides/" },
      { text: "Reference", link: "/reference/", activeMatch: "/reference/" },
      { text: "Errors", link: "/errors/", activeMatch: "/errors/" },
      { text: "Packages", link: "/packages/", activeMatch: "/packages/" },
      { text: "Redoc", link: "/redoc/", target: "_self" },
    ],
    sidebar: sidebar(contract),
    outline: "deep",
    search: {
      provider: "local",
      options: {
        miniSearch: {
          searchOptions: {
            // Their pages have every word very often.
            boostDocument: (id: string) => (id.includes("/packages/") ? 0.3 : 1),
          },
        },
        translations: {
          modal: {
            noResultsText:
              "Nothing found. Try a word of the API (validationCode), an error code (20002) or a header (MS-RequestId), or look through the reference and the list of errors. You searched for",
          },
        },
      },
    },
    footer: {
      message: "This is not a Microsoft product. MIT licence.",
    },
  },
});
