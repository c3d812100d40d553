import { contract } from "@partner-qualifications/spec/model";
import { defineConfig, type MarkdownOptions } from "vitepress";
import { defaults, repository, siteAddress } from "../src/address.ts";
import { highlighting } from "../src/highlight.ts";
import { addFacts, headOf } from "../src/page-facts.ts";
import { finishPages } from "../src/finish-pages.ts";
import { sidebar } from "../src/sidebar.ts";

const base = process.env.DOCS_BASE ?? "/";
/** `dev` runs its mock at another address; `start` has the server write it into the built pages. */
const mock = process.env.DOCS_MOCK ?? defaults.mock;

type Markdown = Parameters<NonNullable<MarkdownOptions["config"]>>[0];

/** Marks links whose text is their address: printing the address after them would repeat it. */
function markBareLinks(markdown: Markdown): void {
  markdown.core.ruler.push("bare-links", ({ tokens }) => {
    for (const { children } of tokens) {
      for (const token of children ?? []) {
        if (token.type === "link_open" && token.markup) token.attrJoin("class", "bare");
      }
    }
  });
}

export default defineConfig({
  title: "Partner Center qualifications",
  titleTemplate: ":title · Partner Center qualifications",
  description:
    "Request a qualification for a customer of Microsoft Partner Center (education, government, state-owned) and poll its vetting.",
  lang: "en",
  srcDir: "pages",
  outDir: "dist",
  base,
  cleanUrls: true,
  rewrites: (id) => id.replace(/^generated\//, ""),
  // Made beside the site, not by VitePress.
  ignoreDeadLinks: [/^\/openapi\./, /^\/workflows\//],
  head: [
    ["link", { rel: "icon", href: `${base}favicon.svg`, type: "image/svg+xml" }],
    [
      "link",
      {
        rel: "alternate",
        type: "application/rss+xml",
        title: "Versions of the contract",
        href: `${base}changelog.xml`,
      },
    ],
  ],
  // It would write a style element, which the policy refuses.
  appearance: { disableTransition: false },
  markdown: { ...highlighting, headers: { level: [2, 3] }, config: markBareLinks },
  sitemap: { hostname: siteAddress },
  transformPageData: addFacts,
  transformHead: ({ pageData }) => headOf(pageData),
  buildEnd: finishPages,
  vite: {
    plugins: [
      {
        name: "mock-address",
        transform: (code) =>
          mock === defaults.mock ? undefined : code.replaceAll(defaults.mock, mock),
      },
    ],
  },
  themeConfig: {
    siteTitle: "Partner Center qualifications",
    nav: [
      { text: "Start", link: "/start" },
      { text: "Guides", link: "/guides/asynchronous-flow", activeMatch: "/guides/" },
      { text: "Reference", link: "/reference/", activeMatch: "/reference/" },
      { text: "Errors", link: "/errors/", activeMatch: "/errors/" },
      { text: "Packages", link: "/packages/", activeMatch: "/packages/" },
      { text: "Redoc", link: "/redoc/", target: "_self" },
      { text: `Changelog ${contract.version}`, link: "/openapi/", activeMatch: "/openapi/" },
      { text: "Repository", link: repository },
    ],
    sidebar: sidebar(contract),
    // OnThisPage.vue shows it, before any script.
    outline: false,
    footer: {
      message: "This is not a Microsoft product. MIT license.",
    },
  },
});
