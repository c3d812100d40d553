import { startMock } from "@partner-qualifications/mock";
import { expect, test, vi } from "vitest";
import { startDocs } from "../src/server.ts";
import { openBrowser } from "./browser.ts";

// Programs and a browser are slow where many want the same processor.
vi.setConfig({ testTimeout: 120_000 });

test("try it shows the mock's answer with its headers", async () => {
  await using mock = await startMock({ cors: true });
  await using docs = await startDocs();
  await using browser = await openBrowser(docs.url);
  const page = await browser.open();
  await page.goto(`${docs.url}/reference/requestQualification`);
  await page.getByLabel("Mock").fill(mock.url);
  await page.getByRole("button", { name: "Send POST" }).click();
  await page.getByText("201 Created").waitFor();
  const answer = await page.getByLabel("Body of the answer").textContent();
  expect(JSON.parse(answer ?? "")).toMatchObject({
    qualification: "Education",
    vettingStatus: "InReview",
  });
  expect(await page.getByLabel("Headers of the answer").textContent()).toContain("ms-requestid: ");

  // Asked a second time, it is refused, and that is an answer like any other.
  await page.getByRole("button", { name: "Send POST" }).click();
  await page.getByText("409 Conflict").waitFor();
  const foreign = browser.complaints.list.filter(
    (one) => !one.includes(mock.url) && !one.includes("409"),
  );
  expect(foreign).toEqual([]);
});

test("try it says what to start when nothing listens", async () => {
  await using docs = await startDocs();
  await using browser = await openBrowser(docs.url);
  const page = await browser.open();
  await page.goto(`${docs.url}/reference/listQualifications`);
  // A port that was just given back.
  const { url } = await startMock().then(async (mock) => (await mock.close(), mock));
  await page.getByLabel("Mock").fill(url);
  await page.getByRole("button", { name: "Send GET" }).click();
  await page.getByText(`Nothing answers at ${url}`).waitFor();
  const command = page.getByLabel("Command that starts the mock");
  expect(await command.textContent()).toBe("npx -y pnpm@12 mock --cors");
});

test("try it sends nothing to another host than the reader's own", async () => {
  await using docs = await startDocs();
  await using browser = await openBrowser(docs.url);
  const page = await browser.open();
  await page.goto(`${docs.url}/reference/listQualifications`);
  await page.getByLabel("Mock").fill("https://api.partnercenter.microsoft.com");
  await page.getByRole("button", { name: "Send GET" }).click();
  await page.getByText("The mock is on your own machine").waitFor();
  expect(browser.complaints.list).toEqual([]);
});

test("search finds an operation, an error and a guide, and says what to do when it finds nothing", async () => {
  await using docs = await startDocs();
  await using browser = await openBrowser(docs.url);
  const page = await browser.open();
  await page.goto(docs.url);
  await page.keyboard.press("Control+k");
  const box = page.getByRole("searchbox");
  const found = async (words: string, address: string) => {
    await box.fill(words);
    await page.locator(`a.result[href*="${address}"]`).first().waitFor();
  };
  await found("educationSegment", "/reference/requestQualification");
  await found("20002", "/errors/20002");
  await found("validation code", "/guides/government-community-cloud");
  await box.fill("zzyzx");
  await page.getByText("Nothing found.").waitFor();
  await page.getByText("an error code (20002)").waitFor();
  expect(browser.complaints.list).toEqual([]);
});

test("the script waits for its styles, and tries again when they could not be had", async () => {
  await using docs = await startDocs();
  await using browser = await openBrowser(docs.url);
  const page = await browser.open();
  const styles = "**/assets/style.*.css";
  await page.route(styles, (route) => route.fulfill({ status: 503 }));
  await page.goto(`${docs.url}/start`);
  const own = page.locator("style[data-whole]");
  const search = page.getByRole("searchbox");
  const refused = page.waitForResponse(styles);
  await page.keyboard.press("Control+k");
  await refused;
  await page.waitForTimeout(500);
  expect([await own.count(), await search.count()]).toEqual([1, 0]);

  await page.unroute(styles);
  await page.route(styles, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await route.continue();
  });
  await page.waitForTimeout(2000);
  await page.mouse.move(5, 5);
  await page.mouse.move(6, 6);
  await search.waitFor();
  expect(await own.count()).toBe(0);
});

test("on a phone the outline opens with the first touch", async () => {
  await using docs = await startDocs();
  await using browser = await openBrowser(docs.url);
  const page = await browser.open({ viewport: { width: 390, height: 800 }, hasTouch: true });
  await page.goto(`${docs.url}/start`);
  const outline = page.getByRole("button", { name: /On this page|Return to top/ });
  expect(await outline.isVisible()).toBe(false);
  await page.touchscreen.tap(200, 500);
  await page.getByRole("button", { name: "On this page" }).tap();
  await page.getByRole("link", { name: "3. Poll for the outcome" }).first().waitFor();
});

test("an unknown error code gets 404 and what to do next", async () => {
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
  ["/Reference/REQUESTQUALIFICATION", "/reference/requestQualification", "Request a qualification"],
  ["/guides/authentication/", "/guides/authentication", "Authentication"],
  ["/errors/20002.htm", "/errors/20002", "Error 20002"],
])("the address %s leads on to %s", async (old, now, title) => {
  await using docs = await startDocs();
  await using browser = await openBrowser(docs.url);
  const page = await browser.open();
  expect((await page.goto(docs.url + old))?.status()).toBe(404);
  await page.waitForURL(docs.url + now);
  await page.getByRole("heading", { name: title, level: 1 }).waitFor();
});

test("a page that is elsewhere is suggested", async () => {
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
])(
  "the address /%s of the time when Redoc was the first page still leads to its operation",
  async (hash) => {
    await using docs = await startDocs();
    await using browser = await openBrowser(docs.url);
    const page = await browser.open();
    await page.goto(`${docs.url}/${hash}`);
    await page.waitForURL(`${docs.url}/reference/requestQualification`);
    const heading = page.getByRole("heading", { level: 1 });
    expect(await heading.textContent()).toContain("Request a qualification");
  },
);
