import type { Page } from "@partner-qualifications/testing/browser";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { expect, test, vi } from "vitest";
import { startDocs } from "../src/server.ts";
import { loadAxe, openBrowser, wake } from "./browser.ts";
import { addresses } from "./site.ts";

// Programs and a browser are slow where many want the same processor.
vi.setConfig({ testTimeout: 120_000 });

/** The width of A4 without its margins, in CSS pixels. */
const width = 673;
/** The first page is for screens. */
const printed = (await addresses()).filter((path) => path !== "/");

test("prints the content alone, dark on white, with nothing cut and the target of every link", async () => {
  await using docs = await startDocs();
  await using browser = await openBrowser(docs.url);
  // From a dark screen: paper is white.
  const page = await browser.open({ colorScheme: "dark", viewport: { width, height: 1000 } });
  for (const path of printed) {
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    await page.goto(docs.url + path);
    expect.soft(await page.evaluate(findMisprints), path).toEqual([]);
    await wake(page);
    expect.soft(await page.evaluate(findMisprints), `${path}, with its script`).toEqual([]);
    await loadAxe(page);
    expect.soft(await findFaintText(page), path).toEqual([]);
    expect.soft(await findLonelyHeadings(page), path).toEqual([]);
  }
  expect(browser.complaints.list).toEqual([]);
}, 600_000);

/** What should not be on paper, what an edge cuts, and links without their target, of a page that is being printed. */
function findMisprints(): string[] {
  const all = [...document.querySelectorAll<HTMLElement>("body *")].filter((element) =>
    element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }),
  );
  const wrong: string[] = [];
  if (!all.some(({ tagName }) => tagName === "H1")) wrong.push("no heading");
  for (const element of all) {
    const name = `${element.tagName} "${element.textContent.slice(0, 50)}"`;
    if (element.closest("nav, aside, header, footer, button, form")) wrong.push(name);
    const { right } = element.getBoundingClientRect();
    const isCut =
      getComputedStyle(element).overflowX !== "visible" &&
      element.scrollWidth > element.clientWidth + 1;
    if (right > innerWidth + 1 || isCut) wrong.push(`cut: ${name}`);
    const href = element.getAttribute("href");
    const isSaid = element.textContent === href || href?.startsWith("#");
    if (href === null || isSaid || !element.closest(".vp-doc")) continue;
    const { content } = getComputedStyle(element, "::after");
    if (content !== `" (" "${href}" ")"` && content !== `" (${href})"`)
      wrong.push(`${name} leads to ${href}: ${content}`);
  }
  for (const element of document.querySelectorAll("details > :not(summary), pre"))
    // What leads elsewhere, or sends a request, is not for paper.
    if (
      !element.closest(".on-this-page, .try-it") &&
      !element.checkVisibility({ contentVisibilityAuto: true })
    )
      wrong.push(`hidden: ${element.outerHTML.slice(0, 100)}`);
  if (document.documentElement.scrollWidth > innerWidth) wrong.push("wider than the paper");
  return wrong;
}

async function findFaintText(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    // Grounds are not printed.
    const paper = new CSSStyleSheet();
    paper.replaceSync("*, ::before, ::after { background: white !important }");
    document.adoptedStyleSheets.push(paper);
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run({ runOnly: ["color-contrast"] });
    document.adoptedStyleSheets.pop();
    return violations.flatMap(({ nodes }) => nodes.map(({ html }) => html));
  });
}

/** Headings of a page that are the last line on their sheet. */
async function findLonelyHeadings(page: Page): Promise<string[]> {
  const headings = await page.locator(".vp-doc :is(h1, h2, h3, h4, h5, h6)").allInnerTexts();
  const others = await page.locator(".vp-doc :is(a, td)").allInnerTexts();
  // A link or a cell may have the words of a heading.
  const names = new Set(headings.map((text) => text.replaceAll("\u200B", "").trim())).difference(
    new Set(others),
  );
  const data = new Uint8Array(await page.pdf({ format: "A4" }));
  const task = getDocument({ data, verbosity: 0 });
  const document = await task.promise;
  const lonely: string[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent();
    const texts = items.flatMap((item) => ("str" in item && item.str.trim() ? [item] : []));
    const [last] = texts.toSorted((one, other) => one.transform[5] - other.transform[5]);
    if (!last || names.has(last.str.trim())) lonely.push(`sheet ${number}: ${last?.str}`);
  }
  await task.destroy();
  return lonely;
}
