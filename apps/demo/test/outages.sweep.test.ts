import type { Browser, Page } from "@partner-qualifications/testing/browser";
import { connectBrowser } from "@partner-qualifications/testing/browser/vitest";
import { describe, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { startDemo } from "../host/server/start-demo.ts";
import { startProcess } from "./support/demo-process.ts";
import { open, patience } from "./support/open.ts";
import { type RemoteMock, startRemoteMock } from "./support/remote-mock.ts";
import { request, stateFolder } from "./support/server.ts";

vi.setConfig({ testTimeout: 10 * patience, hookTimeout: 4 * patience });

const school = "22222222-2222-3333-4444-555555555555";
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

const start = () => startDemo({ baseUrl: mock.url, credential: () => "any-token" });
const click = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const card = (page: Page, name: string) =>
  page.locator(".qualifications .status", { hasText: name }).waitFor();
const form = async (url: string) => {
  const opened = await open(browser, `${url}/customers/${school}`);
  await opened.page.getByText("None yet.").waitFor();
  return opened;
};

/** An outage is no input, and says so where it takes room: the story measures what moves. */
const withoutShifts = (problems: string[]) => problems.filter((one) => !one.startsWith("moved: "));

/** Returns how many polls the mock has got. */
async function count(): Promise<number> {
  const polls = (await mock.journal()).filter(
    ({ method, path }) => method === "GET" && path.endsWith("/qualifications"),
  );
  return polls.length;
}

describe("an outage of the server", () => {
  test("continues in the same page when the server was killed and started again", async () => {
    await using state = await stateFolder();
    const env = { MOCK_URL: mock.url, STATE_FILE: state.stateFile };
    await using first = await startProcess({ ...env, PORT: "0" });
    await using opened = await form(first.url);
    const { page, problems } = opened;
    await click(page, "Request Education");
    await card(page, "In review");
    await page.getByText(/Checked [2-9] times/).waitFor();
    await first[Symbol.asyncDispose]();
    await page.getByText("Connection lost").waitFor();
    await mock.advance("P7D");
    await using second = await startProcess({ ...env, PORT: new URL(first.url).port });
    expect(second.url).toBe(first.url);
    await page.getByText("Live", { exact: true }).waitFor();
    await card(page, "Approved");
    await page.getByText("The server restarted and continued").waitFor();
    expect(withoutShifts(problems)).toEqual([]);
    expect(await mock.writes()).toHaveLength(1);
  });

  test("shows the review after a request's response is lost", async () => {
    await using demo = await start();
    await using opened = await form(demo.url);
    const { page } = opened;
    await page.route("**/qualifications", async (route) => {
      if (route.request().method() !== "POST") return route.continue();
      await route.fetch();
      return route.abort();
    });
    await click(page, "Request Education");
    await card(page, "In review");
    await expect
      .poll(() => page.getByRole("alert").filter({ hasText: "does not respond" }).count())
      .toBe(0);
    expect(await mock.writes()).toHaveLength(1);
  });

  test("sends an unsent request again unchanged, with the typed values", async () => {
    await using demo = await start();
    await using opened = await form(demo.url);
    const { page } = opened;
    const ids: (string | null)[] = [];
    await page.route("**/qualifications", async (route) => {
      if (route.request().method() !== "POST") return route.continue();
      ids.push(await route.request().headerValue("ms-requestid"));
      return ids.length < 3 ? route.abort() : route.continue();
    });
    await page.getByLabel("Website").fill("example.edu");
    for (let clicks = 1; clicks < 3; clicks++) {
      await click(page, "Request Education");
      await page.getByText("The demo's server does not respond.").waitFor();
      await expect.poll(() => ids.length).toBe(clicks);
    }
    expect(await page.getByLabel("Website").inputValue()).toBe("example.edu");
    await click(page, "Request Education");
    await card(page, "In review");
    expect(new Set(ids).size).toBe(1);
  });
});

describe("an offline browser", () => {
  test("waits with a request while the browser is offline", async () => {
    await using demo = await start();
    await using opened = await form(demo.url);
    const { page, context, problems } = opened;
    await context.setOffline(true);
    await page.getByText("Connection lost").waitFor();
    await click(page, "Request Education");
    await page.getByText("The request goes out when you are back.").waitFor();
    expect(await mock.writes()).toEqual([]);
    await context.setOffline(false);
    await card(page, "In review");
    await mock.advance("P7D");
    await card(page, "Approved");
    expect(withoutShifts(problems)).toEqual([]);
    expect(await mock.writes()).toHaveLength(1);
  });

  test("shows missed changes to a page after it was offline", async () => {
    await using demo = await start();
    await using opened = await form(demo.url);
    const { page, context } = opened;
    await click(page, "Request Education");
    await card(page, "In review");
    await context.setOffline(true);
    await page.getByText("Connection lost").waitFor();
    await mock.advance("P7D");
    await using other = await open(browser, `${demo.url}/customers/${school}`);
    await card(other.page, "Approved");
    await card(page, "In review");
    await context.setOffline(false);
    await card(page, "Approved");
    expect(await mock.writes()).toHaveLength(1);
  });
});

describe("several browsers and clicks", () => {
  test("polls each review once, however many browsers follow it", async () => {
    await using demo = await start();
    const ids = Array.from(
      { length: 8 },
      (_, at) => `aaaaaaaa-0000-4000-8000-0000000000${10 + at}`,
    );
    const pages = await Promise.all(ids.map(() => open(browser, demo.url)));
    for (const id of ids) expect((await request(demo.url, id)).status).toBe(201);
    for (const { page } of pages) {
      const rows = page.locator(".rows .status", { hasText: "In review" });
      await expect.poll(() => rows.count(), { timeout: patience }).toBe(8);
    }
    const [before, began] = [await count(), performance.now()];
    await new Promise((resolve) => setTimeout(resolve, 5000));
    const seconds = (performance.now() - began) / 1000;
    // Each of 8 reviews is polled once a second by the one server.
    expect((await count()) - before).toBeLessThanOrEqual(8 * (seconds + 1));
    await Promise.all(pages.map(({ context }) => context.close()));
  });

  test("sends one request for three clicks", async () => {
    await using demo = await start();
    await using opened = await form(demo.url);
    const { page } = opened;
    await mock.addFaults({ kind: "latency", delay: "PT1S", operationId: "requestQualification" });
    await page.locator("main form").evaluate((element) => {
      for (let clicks = 0; clicks < 3; clicks++) (element as HTMLFormElement).requestSubmit();
    });
    await card(page, "In review");
    expect(await mock.writes()).toHaveLength(1);
  });
});

describe("an outage of Partner Center", () => {
  test("reports an outage of Partner Center once, and keeps the typed values", async () => {
    await using ownMock = await startRemoteMock();
    await using demo = await startDemo({ baseUrl: ownMock.url, credential: () => "any-token" });
    await using opened = await open(browser, `${demo.url}/customers/${school}`, {
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const { page } = opened;
    await page.getByText("None yet.").waitFor();
    await page.getByLabel("Website").fill("example.edu");
    await ownMock[Symbol.asyncDispose]();
    await click(page, "Request Education");
    const problem = page.locator("main").getByRole("alert").filter({ hasText: "did not respond" });
    await problem.waitFor();
    expect(await problem.count()).toBe(1);
    expect(await page.getByLabel("Website").inputValue()).toBe("example.edu");
    await problem.getByRole("button", { name: "Copy support bundle" }).click();
    await problem.getByText("Copied").waitFor();
    const bundle = String(await page.evaluate("navigator.clipboard.readText()"));
    expect(JSON.parse(bundle)).toMatchObject({
      kind: "connection",
      operation: "requestQualification",
    });
    expect(bundle).not.toContain("any-token");
  });

  test("repeats an unconfirmed request, and reports it", async () => {
    await using demo = await start();
    await using opened = await form(demo.url);
    const { page } = opened;
    await mock.addFaults({ kind: "reset", count: 12 });
    await click(page, "Request Education");
    await page.getByText("Partner Center has not confirmed this request").waitFor();
    expect(await page.getByRole("button", { name: /^Request/ }).count()).toBe(0);
    await card(page, "In review");
    const ids = (await mock.writes()).map(({ requestId }) => requestId);
    expect(new Set(ids).size).toBe(1);
  });

  test("explains a refusal above the button, and keeps the typed values", async () => {
    await using demo = await start();
    await using opened = await form(demo.url);
    const { page } = opened;
    await page.getByRole("radio", { name: /^Government/ }).check();
    const code = page.getByRole("combobox", { name: "Validation code" });
    expect(await code.getByRole("option", { name: "67890" }).isDisabled()).toBe(true);
    await code.selectOption("12345");
    await mock.setCustomer({ id: school, summary: "Exhausted", validationCodesExhausted: true });
    // So late that the page shows the request as sending, and has no form meanwhile.
    await mock.addFaults({
      kind: "latency",
      operationId: "requestQualification",
      delay: "PT1S",
      count: 1,
    });
    await click(page, "Request Government Community Cloud");
    const problem = page
      .getByRole("alert")
      .filter({ hasText: "Partner Center rejected the request." });
    await problem.locator("q", { hasText: "validationCode is exhausted" }).waitFor();
    await expect.poll(() => problem.evaluate((one) => one === document.activeElement)).toBe(true);
    expect(await code.inputValue()).toBe("12345");
    await mock.setCustomer({ id: school, summary: "Usable" });
    await click(page, "Request Government Community Cloud");
    await card(page, "Approved");
  });
});

describe("the page", () => {
  test("moves the focus to the card when a review is denied and requested again", async () => {
    await mock.setCustomer({ id: school, summary: "Denied", education: "denied" });
    await using demo = await start();
    await using opened = await form(demo.url);
    const { page } = opened;
    await click(page, "Request Education");
    await card(page, "In review");
    await mock.advance("P7D");
    await card(page, "Denied");
    await click(page, "Request again");
    await page.getByText("Education was denied: Not an Education Customer.").waitFor();
    await click(page, "Request again");
    await card(page, "In review");
    await expect.poll(() => page.evaluate("document.activeElement.id")).toBe("Education");
    await click(page, "Stop following");
    await page.getByRole("list", { name: "Timeline of Education" }).waitFor({ state: "detached" });
    await expect.poll(() => page.evaluate("document.activeElement.tagName")).toMatch(/^H/);
  });

  test("shows dates in the reader's locale and time zone", async () => {
    await using demo = await start();
    await request(demo.url, school);
    for (const [locale, timezoneId, date] of [
      ["sv-SE", "Europe/Stockholm", /^23 nov. 2026 10:00$/],
      ["en-US", "America/New_York", /^Nov 23, 2026, 4:00\sAM$/],
    ] as const) {
      await using opened = await open(browser, `${demo.url}/customers/${school}`, {
        locale,
        timezoneId,
      });
      const time = opened.page.locator(".timeline time").first();
      await time.waitFor();
      expect(await time.innerText()).toMatch(date);
    }
  });
});
