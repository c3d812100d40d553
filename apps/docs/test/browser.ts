import type { BrowserContextOptions, Page } from "@partner-qualifications/testing/browser";
import { connectBrowser } from "@partner-qualifications/testing/browser/vitest";
import axe from "axe-core";

/** Problems that no page may have, by page. */
export class Complaints {
  readonly list: string[] = [];

  /** Listens to what moves on a page without input. */
  async watchShifts(page: Page): Promise<void> {
    await page.exposeFunction("reportShift", (text: string) => this.list.push(`moved: ${text}`));
    await page.addInitScript(watchShifts);
  }

  /** Listens to a page: its console, its policy, and its requests to other hosts. */
  async watch(page: Page, own: string): Promise<void> {
    await page.exposeFunction("reportViolation", (text: string) =>
      this.list.push(`policy: ${text}`),
    );
    await page.addInitScript(() => {
      addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) => {
        const report = (globalThis as unknown as { reportViolation: (text: string) => void })
          .reportViolation;
        report(`${location.pathname} ${violatedDirective} ${blockedURI} ${sample}`);
      });
    });
    page.on("pageerror", (error) => this.list.push(`error: ${page.url()} ${error.message}`));
    page.on("console", (message) => {
      this.list.push(`console: ${page.url()} ${message.text()}`);
    });
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(`${own}/`) && !/^(data|blob):/.test(url))
        this.list.push(`elsewhere: ${url}`);
    });
    page.on("response", (response) => {
      if (response.status() >= 400) this.list.push(`${response.status()}: ${response.url()}`);
    });
  }
}

/** Reports what moves without input, which is what the layout shift (CLS) counts, in every page and to its end. */
const watchShifts = `new PerformanceObserver((list) => {
  for (const { hadRecentInput, value, sources } of list.getEntries()) {
    const moved = sources.map(({ node, previousRect, currentRect }) => {
      const what = (node?.outerHTML ?? node?.data ?? "removed").slice(0, 80);
      return [what, previousRect.y, currentRect.y].join(" ");
    });
    if (!hadRecentInput) reportShift([location.href, value, ...moved].join(" | "));
  }
}).observe({ type: "layout-shift", buffered: true })`;

/** The rules of WCAG, levels A and AA, up to 2.2. */
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Moves the pointer, which is what the site's script waits for, and waits for the script. */
export async function wake(page: Page): Promise<void> {
  await page.mouse.move(2, 2);
  await page.mouse.move(3, 3);
  await page.waitForFunction(() => "__vue_app__" in document.querySelector("#app")!);
}

/** Loads axe into a page, past its policy, as a debugger would. */
export async function loadAxe(page: Page): Promise<void> {
  await page.evaluate(axe.source);
}

/** What axe finds on a page, as one line each. */
export async function findViolations(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate(
    (values) =>
      (globalThis as unknown as { axe: typeof axe }).axe.run({
        runOnly: { type: "tag", values },
        // Listing the passed rules takes most of the time.
        resultTypes: ["violations"],
      }),
    rules,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id} at ${target.join(" ")}`),
  );
}

/** A browser with a page that complains to a list. */
export async function openBrowser(own: string, options: BrowserContextOptions = {}) {
  const browser = await connectBrowser();
  const complaints = new Complaints();
  return {
    complaints,
    async open(more: BrowserContextOptions = {}): Promise<Page> {
      const page = await browser.newPage({ reducedMotion: "reduce", ...options, ...more });
      await complaints.watch(page, own);
      return page;
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}
