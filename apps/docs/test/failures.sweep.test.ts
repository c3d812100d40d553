import { startMock } from "@partner-qualifications/mock";
import { describe, expect, test, vi } from "vitest";
import { startDocs } from "../src/server.ts";
import type { Page } from "@partner-qualifications/testing/browser";
import { openBrowser } from "./browser.ts";

// Programs and a browser are slow where many want the same processor.
vi.setConfig({ testTimeout: 120_000 });

/** Opens an operation's form, as a reader does. */
async function openForm(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.locator(".try-it summary").click();
}

describe("Try it", () => {
  test("shows a refusal, the headers, and remembers the address of the mock", async () => {
    await using mock = await startMock({ cors: true });
    await using docs = await startDocs();
    await using browser = await openBrowser(docs.url);
    const page = await browser.open();
    await openForm(page, `${docs.url}/reference/requestQualification`);
    await page.getByLabel("Mock").fill(mock.url);
    await page.getByRole("button", { name: "Send POST" }).click();
    await page.getByText("201 Created").waitFor();
    await page.getByText("headers of the response").first().click();
    expect(await page.getByLabel("Headers of the response").textContent()).toContain(
      "ms-requestid: ",
    );

    // A second request is refused, which is a response like any other.
    await page.getByRole("button", { name: "New MS-RequestId" }).click();
    await page.getByRole("button", { name: "Send POST" }).click();
    await page.getByText("409 Conflict").waitFor();
    await page.getByRole("button", { name: "Show the sample" }).click();
    await page.getByText("Sample response, 201").waitFor();
    await openForm(page, `${docs.url}/reference/listQualifications`);
    await expect.poll(() => page.getByLabel("Mock").inputValue()).toBe(mock.url);
    const foreign = browser.complaints.list.filter(
      (one) => !one.includes(mock.url) && !one.includes("409"),
    );
    expect(foreign).toEqual([]);
  });

  test("explains how to start the mock when it is not running", async () => {
    await using docs = await startDocs();
    await using browser = await openBrowser(docs.url);
    const page = await browser.open();
    await openForm(page, `${docs.url}/reference/listQualifications`);
    // A port that was just given back.
    const { url } = await startMock().then(async (mock) => (await mock.close(), mock));
    await page.getByLabel("Mock").fill(url);
    await page.getByRole("button", { name: "Send GET" }).click();
    await page.getByText(`No response from ${url}`).waitFor();
    const command = page.getByLabel("Command that starts the mock");
    expect(await command.textContent()).toBe("npx -y pnpm@12 mock --cors");
  });

  test("sends nothing to another host than the reader's own", async () => {
    await using docs = await startDocs();
    await using browser = await openBrowser(docs.url);
    const page = await browser.open();
    await openForm(page, `${docs.url}/reference/listQualifications`);
    await page.getByLabel("Mock").fill("https://api.partnercenter.microsoft.com");
    await page.getByRole("button", { name: "Send GET" }).click();
    await page.getByText("is not on your machine").waitFor();
    expect(browser.complaints.list).toEqual([]);
  });
});

describe("search", () => {
  test("explains an empty search result and a search that fails to load", async () => {
    await using docs = await startDocs();
    await using browser = await openBrowser(docs.url);
    const page = await browser.open();
    await page.goto(docs.url);
    await page.keyboard.press("/");
    await page.keyboard.type("zzyzx");
    await page.getByText("an error code (20002)").waitFor();
    expect(browser.complaints.list).toEqual([]);
    await page.route("**/search.json", (route) => route.fulfill({ status: 503 }));
    await page.reload();
    await page.keyboard.press("/");
    await page.keyboard.type("a");
    await page.getByText("The search could not be loaded").waitFor();
  });
});

describe("without a script or a style", () => {
  test("waits for its styles before the script runs, and retries them", async () => {
    await using docs = await startDocs();
    await using browser = await openBrowser(docs.url);
    const page = await browser.open();
    const styles = "**/assets/style.*.css";
    await page.route(styles, (route) => route.fulfill({ status: 503 }));
    await page.goto(`${docs.url}/start`);
    const own = page.locator("style[data-whole]");
    const isAwake = () => page.evaluate(() => document.documentElement.classList.contains("awake"));
    const refused = page.waitForResponse(styles);
    await page.mouse.move(2, 2);
    await refused;
    await page.waitForTimeout(500);
    expect([await own.count(), await isAwake()]).toEqual([1, false]);

    await page.unroute(styles);
    await page.waitForTimeout(2000);
    await page.mouse.move(5, 5);
    await page.mouse.move(6, 6);
    await expect.poll(isAwake, { timeout: 10_000 }).toBe(true);
    expect(await own.count()).toBe(0);
  });

  test("opens the outline on a phone, also without a script", async () => {
    await using docs = await startDocs();
    await using browser = await openBrowser(docs.url);
    const phone = { viewport: { width: 390, height: 800 }, hasTouch: true };
    for (const javaScriptEnabled of [true, false]) {
      const page = await browser.open({ ...phone, javaScriptEnabled });
      await page.goto(`${docs.url}/start`);
      await page.locator("summary", { hasText: "On this page" }).tap();
      await page.getByRole("link", { name: "3. Poll for the outcome" }).first().waitFor();
      await page.close();
    }
    expect(browser.complaints.list).toEqual([]);
  });
});

describe("an unknown address", () => {
  test("returns 404 with advice for an unknown error code", async () => {
    await using docs = await startDocs();
    await using browser = await openBrowser(docs.url);
    const page = await browser.open();
    const response = await page.goto(`${docs.url}/errors/99999`);
    expect(response?.status()).toBe(404);
    await page.getByRole("heading", { name: "No page for error 99999" }).waitFor();
    await page.getByText("Go by the HTTP status").waitFor();
    await page.getByRole("link", { name: "list of all codes" }).click();
    await page.getByRole("heading", { name: "Error codes" }).waitFor();
  });

  test.each([
    [
      "/Reference/REQUESTQUALIFICATION",
      "/reference/requestQualification",
      "Request a qualification",
    ],
    ["/errors/20002.htm", "/errors/20002", "Error 20002"],
  ])("redirects the address %s to %s", async (old, now, title) => {
    await using docs = await startDocs();
    await using browser = await openBrowser(docs.url);
    const page = await browser.open();
    expect((await page.goto(docs.url + old))?.status()).toBe(404);
    await page.waitForURL(docs.url + now);
    await page.getByRole("heading", { name: title, level: 1 }).waitFor();
  });

  test("suggests the new address of a moved page", async () => {
    await using docs = await startDocs();
    await using browser = await openBrowser(docs.url);
    const page = await browser.open();
    expect((await page.goto(`${docs.url}/throttling`))?.status()).toBe(404);
    await page.getByText("Did you mean").waitFor();
    await page.locator('.not-found .meant a[href="/guides/throttling"]').click();
    await page.getByRole("heading", { name: "Throttling", level: 1 }).waitFor();
  });

  test.each([
    "#operation/requestQualification",
    "#tag/Qualifications/operation/requestQualification",
  ])("redirects the old Redoc address /%s to its operation", async (hash) => {
    await using docs = await startDocs();
    await using browser = await openBrowser(docs.url);
    const page = await browser.open();
    await page.goto(`${docs.url}/${hash}`);
    await page.waitForURL(`${docs.url}/reference/requestQualification`);
    const heading = page.getByRole("heading", { level: 1 });
    expect(await heading.textContent()).toContain("Request a qualification");
  });
});

describe("the language of the samples", () => {
  test("keeps the language of the samples on other pages", async () => {
    await using docs = await startDocs();
    await using browser = await openBrowser(docs.url);
    const page = await browser.open();
    await page.goto(`${docs.url}/reference/requestQualification`);
    await page.getByText("Python", { exact: true }).click();
    await page.getByText("requests.post(").waitFor();
    await page.goto(`${docs.url}/reference/listQualifications`);
    await page.getByText("requests.get(").waitFor();
    expect(browser.complaints.list).toEqual([]);
  });
});
