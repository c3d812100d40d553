import { beforeAll, expect, test } from "vitest";
import { operations, type Page, publish, untilRedoc } from "./redoc-page.ts";

let site: Awaited<ReturnType<typeof publish>>;
beforeAll(async () => {
  site = await publish();
  return () => site[Symbol.asyncDispose]();
});

const heavy = (page: { record: { requests: string[] } }) =>
  page.record.requests.filter((url) => /\/(redoc\.js|contract\.json)$/.test(url)).length;
const plainPage = (id: string) => new URL(`../reference/${id}`, site.url).href;

/** With SWEEPS set, all of them. */
const opened = process.env.SWEEPS ? operations : operations.slice(0, 3);

test("an operation opens by its address and leads to its plain page, and nothing is asked of others", async () => {
  for (const { id, summary } of opened) {
    await using page = await site.open(`#operation/${id}`);
    await untilRedoc(page);
    const heading = page.getByRole("heading", { level: 2, name: summary });
    await heading.waitFor();
    await expect.poll(() => heading.evaluate(isInView), { timeout: 10_000 }).toBe(true);
    const links = page.getByRole("main").getByRole("link", { name: "On a plain page" });
    expect(await links.evaluateAll(hrefs)).toContain(plainPage(id));
    expect(page.record.requests.filter((url) => !url.startsWith(site.root))).toEqual([]);
    expect(page.record.problems).toEqual([]);
  }
}, 120_000);

test("without JavaScript there is a list that leads to every operation's plain page", async () => {
  await using page = await site.open("#operation/setQualification", { javaScriptEnabled: false });
  const links = page.getByRole("main").getByRole("link");
  expect(await links.allTextContents()).toEqual(expect.arrayContaining(names()));
  for (const { id, summary, path } of operations) {
    const entry = page.locator("li").filter({ has: page.getByText(summary, { exact: true }) });
    expect(await entry.getByRole("link").getAttribute("href")).toBe(`../reference/${id}`);
    expect(await entry.locator("code").textContent()).toContain(path);
  }
  expect(page.record.problems).toEqual([]);
});

test("until the reader does something, Redoc is not loaded", async () => {
  await using page = await site.open();
  await page.waitForLoadState("networkidle");
  expect(heavy(page)).toBe(0);
  expect(await page.getByRole("status").textContent()).toMatch(/loads when you scroll/);
  expect(page.record.problems).toEqual([]);
});

const signs: Record<string, (page: Page) => Promise<unknown>> = {
  "a click": (page) => page.mouse.click(5, 500),
  "a key": (page) => page.keyboard.press("Shift"),
  "a turn of the wheel": (page) => page.mouse.wheel(0, 10),
  "a scroll": (page) => page.evaluate(() => scrollTo(0, 10)),
  "the focus on a link": (page) => page.getByRole("link").first().focus(),
  "another hash in the address": (page) =>
    page.evaluate(() => (location.hash = "operation/listCustomers")),
};
/** With SWEEPS set, all of them. */
const tried = Object.entries(signs).filter((_, index) => process.env.SWEEPS || index % 3 === 0);
test.each(tried)("%s loads Redoc once", async (_, act) => {
  await using page = await site.open("", { viewport: { width: 320, height: 600 } });
  await act(page);
  await untilRedoc(page);
  await page.getByRole("main").getByRole("heading").first().waitFor();
  await act(page);
  expect(heavy(page)).toBe(2);
  expect(page.record.problems).toEqual([]);
});

test("who follows a link of the list by pointer does not load Redoc", async () => {
  await using page = await site.open();
  // The plain page is not there in this test: what was asked for before is what counts.
  await page.route("**/reference/*", (route) => route.fulfill({ body: "plain" }));
  await page.getByRole("link", { name: "Request a qualification" }).click();
  await page.waitForURL(plainPage("requestQualification"));
  expect(heavy(page)).toBe(0);
});

test("the keyboard's focus is not lost with the list", async () => {
  await using page = await site.open();
  await page.getByRole("main").getByRole("link").first().focus();
  await untilRedoc(page);
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("redoc");
});

test.each(["redoc.js", "contract.json"])(
  "when %s cannot be had, the list stays and says so",
  async (file) => {
    await using page = await site.open();
    await page.route(`**/${file}`, (route) => route.fulfill({ status: 503, body: "gone" }));
    await page.keyboard.press("Shift");
    const status = page.getByRole("status");
    await expect.poll(() => status.textContent()).toMatch(/could not be loaded.*try again/);
    expect(await page.getByRole("main").getByRole("link").allTextContents()).toEqual(
      expect.arrayContaining(names()),
    );
  },
);

test("an address of nothing says so and leads back", async () => {
  await using page = await site.open("#/qualifications/no-such-operation");
  await untilRedoc(page);
  await page.getByText("Back to docs").click();
  await page.getByRole("heading", { name: "Partner Center customer qualifications" }).waitFor();
  expect(page.url()).toBe(`${site.url}#/`);
});

test("Redoc's search finds a parameter without compiling code", async () => {
  await using page = await site.open("#operation/requestQualification");
  await untilRedoc(page);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("validationStatus");
  await page
    .getByRole("link", { name: "Get the validation status of a customer's account" })
    .click();
  await page.waitForURL(/getvalidationstatus$/);
  expect(page.record.problems).toEqual([]);
});

test("evidence and assumptions stand in words beside what they are about", async () => {
  await using page = await site.open("#operation/requestQualification");
  await untilRedoc(page);
  const main = page.getByRole("main");
  await main
    .getByText("Requests a qualification and starts the vetting of the customer.")
    .waitFor();
  const text = await main.innerText();
  expect(text).toContain("evidence: post-qualifications, post-app-user-only,");
  expect(text).toContain("assumption: A7, A14, A20\n");
  expect(text).toContain("evidence: customer-id-is-tenant-guid\n");
});

test("the policy allows nothing but the page's own files", async () => {
  await using page = await site.open();
  const policy = await page
    .locator("meta[http-equiv='Content-Security-Policy']")
    .getAttribute("content");
  expect(policy).toMatch(/^default-src 'self';/);
  expect(policy).not.toMatch(/unsafe|data:|https?:|\*/);
  expect(await page.locator("script:not([src]), style, [style], [onload]").count()).toBe(0);
  // And it is in force, so that no violation above means none.
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'ran'";
    document.head.append(script);
  });
  await expect.poll(() => page.record.problems.join()).toContain("Refused: script-src-elem inline");
  expect(await page.title()).not.toBe("ran");
});

function names(): string[] {
  return operations.map(({ summary }) => summary);
}

function hrefs(links: Element[]): string[] {
  return links.map((link) => (link as HTMLAnchorElement).href);
}

function isInView(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}
