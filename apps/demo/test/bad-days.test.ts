import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testTokens } from "@partner-qualifications/mock";
import type { Browser, Page } from "@partner-qualifications/testing/browser";
import { connectBrowser } from "@partner-qualifications/testing/browser/vitest";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { startDemo } from "../src/server/start-demo.ts";
import { startProcess } from "./support/demo-process.ts";
import { open, patience } from "./support/open.ts";
import { type RemoteMock, startRemoteMock } from "./support/remote-mock.ts";

vi.setConfig({ testTimeout: 4 * patience, hookTimeout: 4 * patience });

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
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const status = (page: Page, name: string) =>
  page.locator(".qualifications .status", { hasText: name });

test("a killed server goes on following when it is started again, and the page with it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "demo-"));
  const STATE_FILE = join(folder, "followed.json");
  await using first = await startProcess({ MOCK_URL: mock.url, STATE_FILE, PORT: "0" });
  await using opened = await open(browser, `${first.url}/customers/${school}`);
  const { page, problems } = opened;
  await button(page, "Ask for Education").click();
  await status(page, "In review").waitFor();
  await page.getByText(/Looked [2-9] times/).waitFor();

  await first[Symbol.asyncDispose]();
  await page.getByText("Connection lost").waitFor();
  expect(await readFile(STATE_FILE, "utf8")).not.toContain("any-token");
  await mock.advance("P7D");
  const { port } = new URL(first.url);
  await using second = await startProcess({ MOCK_URL: mock.url, STATE_FILE, PORT: port });
  expect(second.url).toBe(first.url);
  await page.getByText("Live", { exact: true }).waitFor();
  await status(page, "Approved").waitFor();
  await page.getByText("The server was started again, and goes on following").waitFor();
  await page.getByText("Now approved").waitFor();
  expect(problems).toEqual([]);
  expect(await mock.writes()).toHaveLength(1);
  await rm(folder, { recursive: true });
});

test("offline the page says so, waits with what was asked, and goes on when it is back", async () => {
  await using demo = await start();
  await using opened = await open(browser, `${demo.url}/customers/${school}`);
  const { page, context, problems } = opened;
  await page.getByText("None yet.").waitFor();
  await context.setOffline(true);
  await page.getByText("Connection lost").waitFor();
  await button(page, "Ask for Education").click();
  await page.getByText("The request goes out when you are back.").waitFor();
  expect(await mock.writes()).toEqual([]);
  await context.setOffline(false);
  await status(page, "In review").waitFor();
  await page.getByText("Live", { exact: true }).waitFor();
  await mock.advance("P7D");
  await status(page, "Approved").waitFor();
  expect(problems).toEqual([]);
  expect(await mock.writes()).toHaveLength(1);
});

test("what happens while a page is away is there when it comes back", async () => {
  await using demo = await start();
  await using opened = await open(browser, `${demo.url}/customers/${school}`);
  const { page, context } = opened;
  await button(page, "Ask for Education").click();
  await status(page, "In review").waitFor();
  await context.setOffline(true);
  await page.getByText("Connection lost").waitFor();
  await mock.advance("P7D");
  await using other = await open(browser, `${demo.url}/customers/${school}`);
  await status(other.page, "Approved").waitFor();
  expect(await status(page, "In review").count()).toBe(1);
  await context.setOffline(false);
  await status(page, "Approved").waitFor();
});

/** Pages and vettings: twenty of each in `test:full`. */
const many = process.env.SWEEPS ? 20 : 4;

test("many browsers that follow many vettings cause one poll for each vetting", async () => {
  await using demo = await start();
  const ids = Array.from(
    { length: many },
    (_, index) => `aaaaaaaa-0000-4000-8000-0000000000${String(index).padStart(2, "0")}`,
  );
  // Half of them see all vettings, the others look at the same customer.
  const all = await Promise.all(ids.slice(many / 2).map(() => open(browser, demo.url)));
  const one = await Promise.all(
    ids.slice(many / 2).map(() => open(browser, `${demo.url}/customers/${ids[0]}`)),
  );
  for (const { page } of one) await page.getByText("None yet.").waitFor();
  const looks = countLooks(ids);
  const before = await looks();

  const headers = { "Content-Type": "application/json", Origin: demo.url };
  const body = JSON.stringify({ qualification: "Education", educationSegment: "K12" });
  for (const id of ids) {
    const path = `/api/v1/customers/${id}/qualifications`;
    const answer = await fetch(demo.url + path, { method: "POST", headers, body });
    expect(answer.status).toBe(201);
  }
  for (const name of ["In review", "Approved"]) {
    for (const { page } of one) {
      await status(page, name).waitFor();
      await looks();
    }
    for (const { page } of all) {
      const rows = page.locator(".followed .status", { hasText: name });
      await expect.poll(() => rows.count(), { timeout: patience }).toBe(many);
      await looks();
    }
    await mock.advance("P7D");
  }

  const after = await looks();
  // What the server tells of its looks is all that there were.
  const told = await looksByCustomer(demo.url);
  expect(ids.map((id) => told.get(id))).toEqual(after.map((count, at) => count - before[at]!));
  await Promise.all([...all, ...one].map(({ context }) => context.close()));
});

/** Counts the looks at each customer's qualifications, also beyond the thousand that the journal holds. */
function countLooks(ids: string[]) {
  const seen = new Map<string, string>();
  return async (): Promise<number[]> => {
    const journal = await mock.journal();
    const isGapless = journal.length < 1000 || seen.has(journal[0]?.requestId ?? "");
    expect(isGapless, "nothing has left the journal unseen").toBe(true);
    for (const { method, path, requestId = "" } of journal) {
      if (method === "GET") seen.set(requestId, path);
    }
    const paths = [...seen.values()];
    return ids.map((id) => paths.filter((path) => path.endsWith(`${id}/qualifications`)).length);
  };
}

async function looksByCustomer(url: string): Promise<Map<string, number>> {
  const live = await fetch(`${url}/api/live`);
  const reader = live.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (let data: string | undefined; ;) {
    text += (await reader.read()).value ?? "";
    data = /^data: (.*)\n/m.exec(text)?.[1];
    if (data === undefined) continue;
    await reader.cancel();
    const { vettings } = JSON.parse(data) as { vettings: { customerId: string; looks: number }[] };
    return new Map(vettings.map((one) => [one.customerId, one.looks]));
  }
}

test("a second click, and a third, are one request", async () => {
  await using demo = await start();
  await using opened = await open(browser, `${demo.url}/customers/${school}`);
  const { page } = opened;
  await page.getByText("None yet.").waitFor();
  await mock.addFaults({ kind: "latency", delay: "PT1S", operationId: "requestQualification" });
  await page.locator("main form").evaluate((form) => {
    for (let click = 0; click < 3; click++) (form as HTMLFormElement).requestSubmit();
  });
  await status(page, "In review").waitFor();
  await page.getByText("Asked for Education.").waitFor();
  expect(await mock.writes()).toHaveLength(1);
});

test("a request whose answer never reached the page is found again after a reload", async () => {
  await using demo = await start();
  await using opened = await open(browser, `${demo.url}/customers/${school}`);
  const { page } = opened;
  await page.getByText("None yet.").waitFor();
  await page.route("**/qualifications", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    // The server gets it, and carries it out; the answer is lost on the way back.
    await route.fetch();
    return route.abort();
  });
  await button(page, "Ask for Education").click();
  // The server tells of it by another way, so there is nothing to complain of.
  await status(page, "In review").waitFor();
  await page.getByText("Asked for Education.").waitFor();
  expect(await page.getByText("The demo's server does not answer.").count()).toBe(0);
  await page.unroute("**/qualifications");
  await page.reload();
  await status(page, "In review").waitFor();
  expect(await page.getByText("was not answered").count()).toBe(0);
  expect(await mock.writes()).toHaveLength(1);
});

test("a request that never left is offered again after a reload, as the same one", async () => {
  await using demo = await start();
  await using opened = await open(browser, `${demo.url}/customers/${school}`);
  const { page } = opened;
  await page.getByText("None yet.").waitFor();
  const ids: (string | null)[] = [];
  await page.route("**/qualifications", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    ids.push(await route.request().headerValue("ms-requestid"));
    return route.abort();
  });
  await page.getByLabel("Web site").fill("example.edu");
  await button(page, "Ask for Education").click();
  const problem = page.getByRole("alert").filter({ hasText: "The demo's server does not answer." });
  await problem.waitFor();
  await problem.getByRole("button", { name: "Try again" }).click();
  await expect.poll(() => ids.length).toBe(2);
  await page.unroute("**/qualifications");
  await page.reload();
  await page.getByText(/The request for Education of .* was not answered/).waitFor();
  expect(await page.getByLabel("Web site").inputValue()).toBe("example.edu");
  await button(page, "Send it again").click();
  await status(page, "In review").waitFor();
  const writes = await mock.writes();
  expect(writes).toMatchObject([{ status: 201, requestId: ids[0] }]);
  expect(ids[1]).toBe(ids[0]);
});

test("two tabs that ask for the same write it once, and the second is told why", async () => {
  await using demo = await start();
  await using opened = await open(browser, `${demo.url}/customers/${school}`);
  const { page, context } = opened;
  const other = await context.newPage();
  await other.goto(`${demo.url}/customers/${school}`);
  await other.getByText("None yet.").waitFor();
  // The other tab is slow to hear of it.
  await other.route("**/api/live*", (route) => route.abort());
  await other.reload();
  await other.getByText("None yet.").waitFor();
  await button(page, "Ask for Education").click();
  await status(page, "In review").waitFor();
  await mock.advance("PT1M");
  await button(other, "Ask for Education").click();
  await other.getByText("The customer has this already, or something that excludes it.").waitFor();
  await status(other, "In review").waitFor();
  expect((await mock.writes()).map((one) => one.status)).toEqual([201, 409]);
});

test("an expired credential is told as such, loses nothing, and its renewal is enough", async () => {
  const expired = testTokens.find(({ token }) => token.includes("expired"))?.token ?? "";
  expect(expired).not.toBe("");
  let token = "any-token";
  await using demo = await startDemo({ baseUrl: mock.url, credential: () => token });
  await using opened = await open(browser, `${demo.url}/customers/${school}`);
  const { page, problems } = opened;
  await page.getByText("None yet.").waitFor();
  token = expired;
  await page.getByLabel("Web site").fill("example.edu");
  await button(page, "Ask for Education").click();
  const problem = page
    .getByRole("alert")
    .filter({ hasText: "did not accept this server's sign-in" });
  await problem.first().waitFor();
  expect(await page.getByLabel("Web site").inputValue()).toBe("example.edu");
  expect(await mock.writes()).not.toContainEqual(expect.objectContaining({ status: 201 }));
  token = "renewed-token";
  await button(page, "Ask for Education").click();
  await status(page, "In review").waitFor();

  token = expired;
  await page.getByText(/Could not look:/).waitFor();
  token = "renewed-again";
  await page.getByText("Can look again").waitFor();
  await mock.advance("P7D");
  await status(page, "Approved").waitFor();
  expect(problems).toEqual([]);
});

test.each([
  ["a mock that is gone", "undefined"],
  ["answers that are lost", "unknown"],
])("reports %s with a support bundle to copy, and keeps what was typed", async (what, write) => {
  await using ownMock = await startRemoteMock();
  await using demo = await startDemo({ baseUrl: ownMock.url, credential: () => "any-token" });
  await using opened = await open(browser, `${demo.url}/customers/${school}`, {
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const { page } = opened;
  await page.getByText("None yet.").waitFor();
  await page.getByLabel("Web site").fill("example.edu");
  if (what === "a mock that is gone") await ownMock[Symbol.asyncDispose]();
  else await ownMock.addFaults({ kind: "reset", count: 1000 });
  await button(page, "Ask for Education").click();
  const problem = page.locator("section[aria-labelledby=ask]").getByRole("alert");
  await problem.getByText("Partner Center does not answer.").waitFor();
  await problem.getByText("nothing is written twice").waitFor();
  // What never left is known not to be written.
  const doubt = problem.getByText("Whether the request was taken is not known.");
  expect(await doubt.count()).toBe(write === "unknown" ? 1 : 0);
  await problem.getByRole("button", { name: "Copy support bundle" }).click();
  await problem.getByText("Copied").waitFor();
  const bundle = await page.evaluate("navigator.clipboard.readText()");
  const told = JSON.parse(bundle as string) as Record<string, unknown>;
  expect(told).toMatchObject({
    kind: "connection",
    operation: "requestQualification",
    attempts: 4,
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
  });
  expect(String(told.write)).toBe(write);
  expect(bundle).not.toContain("any-token");
  expect(await page.getByLabel("Web site").inputValue()).toBe("example.edu");
});
