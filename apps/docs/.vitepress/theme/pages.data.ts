import { createContentLoader } from "vitepress";

/** The addresses of all pages below the site, for the page that is shown when there is none. */
export default createContentLoader("**/*.md", {
  transform: (pages) => pages.map(({ url }) => url.slice(1)),
});

export declare const data: string[];
