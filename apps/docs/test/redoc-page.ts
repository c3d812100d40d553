import { cp, mkdtemp, rm } from "node:fs/promises";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createAdaptorServer } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { contract } from "@partner-qualifications/spec/model";
import {
  type Browser,
  type Page as PlainPage,
  stopMotion,
} from "@partner-qualifications/testing/browser";
import { connectBrowser } from "@partner-qualifications/testing/browser/vitest";
import axe from "axe-core";
import { Hono } from "hono";
import { writeRedoc } from "../src/redoc/index.ts";

export const { operations } = contract;

export type Page = PlainPage;

/** What a page asked for and complained of. */
export interface Record {
  requests: string[];
  /** Messages of errors and warnings, exceptions, and what the policy refused. */
  problems: string[];
}

/** The page as the build writes it, below a path of the site, and a browser to look at it with. */
export async function publish() {
  const root = await mkdtemp(join(tmpdir(), "redoc-"));
  await writeRedoc(pathToFileURL(join(root, "docs/v1/redoc/")));
  // The page names the site's icon. Whether a headless browser fetches it depends on timing.
  await cp(
    new URL("../pages/public/favicon.svg", import.meta.url),
    join(root, "docs/v1/favicon.svg"),
  );
  const app = new Hono().use(serveStatic({ root }));
  const server = createAdaptorServer(app) as Server;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/docs/v1/redoc/`;
  const browser = await connectBrowser();
  return {
    url,
    /** The site that the page is part of; its icon is there. */
    root: new URL("../", url).href,
    async open(
      hash = "",
      options: Parameters<Browser["newPage"]>[0] = {},
    ): Promise<Page & AsyncDisposable & { record: Record }> {
      const page = await browser.newPage(options);
      const record: Record = { requests: [], problems: [] };
      page.on("request", (request) => record.requests.push(request.url()));
      page.on("pageerror", (error) => record.problems.push(error.message));
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) record.problems.push(message.text());
      });
      await page.addInitScript(() =>
        document.addEventListener("securitypolicyviolation", (event) =>
          console.error(`Refused: ${event.violatedDirective} ${event.blockedURI}`),
        ),
      );
      await page.goto(url + hash);
      return Object.assign(page, { record });
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      server.close();
      server.closeAllConnections();
      await rm(root, { recursive: true });
    },
  };
}

/** Waits until Redoc has taken the place of the plain list. */
export const untilRedoc = (page: Page) => page.locator("#shell").waitFor({ state: "detached" });

/** The rules of axe that the page breaks, with the elements that do. */
export async function axeViolations(page: Page): Promise<string[]> {
  // A color on its way to another is none of the page's.
  await stopMotion(page);
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const inPage = (globalThis as unknown as { axe: typeof axe }).axe;
    const { violations } = await inPage.run(document, { resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  });
}
