import { once } from "node:events";
import { createServer } from "node:http";
import type { Browser, Page } from "@partner-qualifications/testing/browser";
import { connectBrowser } from "@partner-qualifications/testing/browser/vitest";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { startDemo } from "../src/server/start-demo.ts";
import { moveMock, open, patience } from "./support/open.ts";
import { type RemoteMock, startRemoteMock } from "./support/remote-mock.ts";

vi.setConfig({ testTimeout: 4 * patience, hookTimeout: 4 * patience });

const school = "22222222-2222-3333-4444-555555555555";
const secret = "a-token-that-the-browser-must-not-see";
let mock: RemoteMock;
let browser: Browser;

beforeAll(async () => {
  browser = await connectBrowser();
  return () => browser.close();
});
beforeAll(async () => {
  mock = await startRemoteMock();
  return () => mock[Symbol.asyncDispose]();
});
beforeEach(() => mock.begin());

const start = () => startDemo({ baseUrl: mock.url, credential: () => secret });
const asked = (page: Page) => page.getByText("Asked for on");
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const status = (page: Page, name: string) =>
  page.locator(".qualifications .status", { hasText: name });

test("a school is searched, Education asked for and seen in review, days pass, it is approved", async () => {
  await using demo = await start();
  await using opened = await open(browser, demo.url);
  const { page, problems } = opened;
  let loads = 0;
  page.on("load", () => loads++);

  await page.getByLabel("Beginning of the name").fill("contoso c");
  const customers = page.getByRole("list", { name: "Customers" }).getByRole("link");
  await expect
    .poll(() => customers.allInnerTexts(), { timeout: patience })
    .toEqual([expect.stringContaining("Contoso College")]);
  await customers.click();
  await page.getByRole("heading", { name: "Contoso College" }).waitFor();
  await page.getByText("None yet.").waitFor();

  await page.getByLabel("Web site").fill(" example.edu ");
  await button(page, "Ask for Education").click();
  await status(page, "In review").waitFor();
  await page.getByText("Asked for on 23 Nov 2026, 10:00").waitFor();

  await button(page, "Plus one day").click();
  await page.getByText("24 Nov 2026, 10:00").waitFor();
  expect(await status(page, "In review").count()).toBe(1);
  await button(page, "Plus one day").click();
  await page.getByText("25 Nov 2026, 10:00").waitFor();
  await button(page, "Plus one day").click();
  await status(page, "Approved").waitFor();
  await page.getByText("Now approved").waitFor();
  const timeline = page.getByRole("list", { name: "Timeline of Education" });
  expect(await timeline.getByRole("listitem").allInnerTexts()).toEqual([
    expect.stringContaining("Asked: in review"),
    expect.stringContaining("Now approved"),
  ]);
  expect(loads).toBe(0);
  expect(problems).toEqual([]);
  expect(await mock.writes()).toMatchObject([{ status: 201 }]);
});

test("a denial shows its reason, and Education can be asked for again", async () => {
  await using demo = await start();
  await using opened = await open(browser, `${demo.url}/customers/${school}`);
  const { page, problems } = opened;
  const outcome = page.getByLabel("Education comes to");
  await moveMock(page, () => outcome.selectOption("Denied: Not an Academic Domain"));
  await button(page, "Ask for Education").click();
  await status(page, "In review").waitFor();
  await mock.advance("P3D");
  await status(page, "Denied").waitFor();
  await page.getByText("Reason: Not an Academic Domain").waitFor();
  await page.getByText("Now denied: Not an Academic Domain").waitFor();

  await moveMock(page, () => outcome.selectOption("Approved"));
  await page.getByLabel("Web site").fill("college.example.edu");
  await button(page, "Ask for Education").click();
  await status(page, "In review").waitFor();
  await mock.advance("P5D");
  await status(page, "Approved").waitFor();
  await page.getByText("Now approved").waitFor();
  expect(await page.getByRole("list", { name: "Timeline of Education" }).innerText()).toMatch(
    /Asked: in review[^]*Now denied: Not an Academic Domain[^]*Asked: in review[^]*Now approved/,
  );
  expect(problems).toEqual([]);
  const ids = (await mock.writes()).map(({ requestId }) => requestId);
  expect(new Set(ids).size).toBe(2);
});

test("Government Community Cloud takes a code with uses left, and shows the exhausted one as such", async () => {
  await using demo = await start();
  await using opened = await open(browser, `${demo.url}/customers/${school}`);
  const { page, problems } = opened;
  await page.getByRole("radio", { name: /^Government/ }).check();
  const code = page.getByRole("combobox", { name: "Validation code" });
  await code.waitFor();
  expect(await code.getByRole("option").allInnerTexts()).toEqual([
    "Choose one",
    "12345 · 4 of 5 uses left",
    "67890 · used up",
  ]);
  expect(await code.getByRole("option", { name: "67890" }).isDisabled()).toBe(true);
  await page.getByText("A code that is used up cannot be chosen.").waitFor();

  await code.selectOption("12345");
  await button(page, "Ask for Government Community Cloud").click();
  await status(page, "Approved").waitFor();
  await page.getByText("is recognized as Government Community Cloud already").waitFor();
  await page.getByRole("radio", { name: /^Education/ }).check();
  await page.getByText("Education cannot be combined with Government Community Cloud").waitFor();
  expect(await button(page, /^Ask for/).count()).toBe(0);
  expect(problems).toEqual([]);
});

test("a code that was used up meanwhile is refused in Partner Center's words, and nothing typed is lost", async () => {
  await using demo = await start();
  await using opened = await open(browser, `${demo.url}/customers/${school}`);
  const { page } = opened;
  await page.getByRole("radio", { name: /^Government/ }).check();
  const code = page.getByRole("combobox", { name: "Validation code" });
  await code.selectOption("12345");
  await mock.setCustomer({ id: school, summary: "Used up", validationCodesUsedUp: true });
  await button(page, /^Ask for/).click();
  const problem = page.getByRole("alert").filter({ hasText: "refused the request as it was" });
  await problem.getByText("Invalid property: validationCode is used up", { exact: true }).waitFor();
  expect(await problem.innerText()).toContain("(code 3000)");
  expect(await code.inputValue()).toBe("12345");
});

test("a state-owned entity is recognized at once, beside Education", async () => {
  await using demo = await start();
  await using opened = await open(browser, `${demo.url}/customers/${school}`);
  const { page } = opened;
  await button(page, "Ask for Education").click();
  await status(page, "In review").waitFor();
  await page.getByText("It is in review already.").waitFor();
  await page.getByRole("radio", { name: /^State-owned/ }).check();
  await button(page, "Ask for State-owned entity").click();
  await status(page, "Recognized").waitFor();
  expect(await page.locator(".qualifications .status").allInnerTexts()).toEqual([
    "In review",
    "Recognized",
  ]);
});

test("a vetting that nobody wants to follow any more goes on without the server", async () => {
  await using demo = await start();
  await using opened = await open(browser, `${demo.url}/customers/${school}`);
  const { page } = opened;
  await button(page, "Ask for Education").click();
  await status(page, "In review").waitFor();
  await button(page, "Stop following").click();
  await page.getByRole("list", { name: "Timeline of Education" }).waitFor({ state: "detached" });
  await mock.advance("P7D");
  await button(page, "Look again").click();
  await status(page, "Approved").waitFor();
  await page.goto(demo.url);
  await page.getByText("Live", { exact: true }).waitFor();
  expect(await page.getByRole("heading", { name: "Vettings" }).count()).toBe(0);
});

test("a throttled request is sent again after the pause that was asked for, and shown on the wire", async () => {
  await mock.begin({ clock: "real", now: undefined } as object);
  await using demo = await start();
  await using opened = await open(browser, `${demo.url}/customers/${school}`);
  const { page, problems } = opened;
  await page.getByText("None yet.").waitFor();
  await moveMock(page, () => page.getByLabel("Throttle after two requests").check());
  await button(page, "Ask for Education").click();
  await status(page, "In review").waitFor();
  const wire = page.getByRole("region", { name: "On the wire" });
  await wire.getByText("429", { exact: true }).first().waitFor();
  await wire
    .getByText(/waits \d/)
    .first()
    .waitFor();
  await moveMock(page, () => page.getByLabel("Throttle after two requests").uncheck());
  await moveMock(page, () => button(page, "Freeze").click());
  await mock.advance("P7D");
  await status(page, "Approved").waitFor();
  expect(problems).toEqual([]);
  expect((await mock.writes()).filter((one) => one.status === 201)).toHaveLength(1);
});

test("labels a test customer with its behavior in the search", async () => {
  await using demo = await start();
  await using opened = await open(browser, demo.url);
  const { page, problems } = opened;
  await page.getByLabel("Beginning of the name").fill("tailspin");
  const customers = page.getByRole("list", { name: "Customers" }).getByRole("link");
  await expect
    .poll(() => customers.allInnerTexts(), { timeout: patience })
    .toEqual([
      expect.stringMatching(
        /^Tailspin Toy Museum\s+Education is denied: Not an eligible Museum\s+tailspintoymuseum\.onmicrosoft\.com$/,
      ),
    ]);
  expect(problems).toEqual([]);
});

test("a lost answer is recovered under the same MS-RequestId, as the wire shows", async () => {
  await using demo = await start();
  await using opened = await open(browser, `${demo.url}/customers/${school}`);
  const { page, problems } = opened;
  await button(page, "Lose the next answer").click();
  await page.getByText("1 to come").waitFor();
  await button(page, "Ask for Education").click();
  await status(page, "In review").waitFor();
  // The page may look before the request is repeated.
  const answers = async () => (await mock.writes()).map((one) => one.status);
  await expect.poll(answers, { timeout: 20_000 }).toEqual([0, 201]);
  const writes = await mock.writes();
  expect(writes[0]?.requestId).toBe(writes[1]?.requestId);

  const call = page.getByRole("group").filter({ hasText: "POST requestQualification" });
  await call.getByText("no answer", { exact: true }).waitFor();
  await call.getByText("201", { exact: true }).waitFor();
  await call.locator("summary").click();
  await call.getByText(writes[0]?.requestId ?? "").waitFor();
  expect(await call.innerText()).toContain(`/v1/customers/${school}/qualifications`);
  expect(problems).toEqual([]);
});

test("the browser never receives the credential", async () => {
  await using demo = await start();
  const context = await browser.newContext();
  const page = await context.newPage();
  const seen: string[] = [];
  page.on("request", (request) => seen.push(JSON.stringify(request.headers())));
  page.on("response", async (response) => {
    seen.push(JSON.stringify(response.headers()));
    if (!response.url().includes("/api/live")) seen.push(await response.text().catch(() => ""));
  });
  await page.goto(`${demo.url}/customers/${school}`);
  await button(page, "Ask for Education").click();
  await status(page, "In review").waitFor();
  await button(page, "Plus one day").click();
  const live = await fetch(`${demo.url}/api/live`);
  const { value } = await live.body!.pipeThrough(new TextDecoderStream()).getReader().read();
  seen.push(value ?? "", await page.content());
  await context.close();
  expect(seen.length).toBeGreaterThan(10);
  // Not `toContain`, which would print all of it.
  expect(seen.join().includes(secret)).toBe(false);
});

test("dates are in the reader's own locale and time zone", async () => {
  await using demo = await start();
  const swedish = { locale: "sv-SE", timezoneId: "Europe/Stockholm" };
  await using opened = await open(browser, `${demo.url}/customers/${school}`, swedish);
  await button(opened.page, "Ask for Education").click();
  await asked(opened.page).waitFor();
  expect(await asked(opened.page).innerText()).toBe("Asked for on 23 nov. 2026 10:00");
  const american = { locale: "en-US", timezoneId: "America/New_York" };
  await using other = await open(browser, `${demo.url}/customers/${school}`, american);
  await asked(other.page).waitFor();
  expect(await asked(other.page).innerText()).toMatch(/^Asked for on Nov 23, 2026, 4:00\sAM$/);
});

/** Somebody else's description, at the same address. */
const another = `
info: { title: Control of something else }
paths: { /_mock/clock: { get: { operationId: getClock } } }`;

test("the time machine is hidden where no control of the mock is found", async () => {
  // The same server of Partner Center behind a proxy that has no control.
  await using plain = createServer(async (request, response) => {
    if (request.url?.startsWith("/_mock")) return response.end(another);
    const headers = { authorization: "Bearer any" };
    const answer = await fetch(mock.url + request.url, { headers });
    response.writeHead(answer.status, { "content-type": "application/json" });
    response.end(await answer.text());
  });
  plain.listen(0, "127.0.0.1");
  await once(plain, "listening");
  const { port } = plain.address() as { port: number };
  const baseUrl = `http://127.0.0.1:${port}`;
  await using demo = await startDemo({ baseUrl, credential: () => secret });
  await using opened = await open(browser, demo.url);
  await opened.page.getByText(`Partner Center 127.0.0.1:${port}`).waitFor();
  await opened.page.getByText("Contoso College").waitFor();
  expect(await opened.page.getByText("Time machine").count()).toBe(0);
  const control = await fetch(`${demo.url}/api/_mock/clock`);
  expect(control.status).toBe(404);
  plain.closeAllConnections();
});
