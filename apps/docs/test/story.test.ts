import { startMock } from "@partner-qualifications/mock";
import type { Page } from "@partner-qualifications/testing/browser";
import { expect, test, vi } from "vitest";
import { startDocs } from "../src/server.ts";
import { findViolations, loadAxe, openBrowser } from "./browser.ts";

// A browser is slow where many want the same processor.
vi.setConfig({ testTimeout: 300_000 });

/** One page of each kind that axe has not read on the way. */
const kinds = [
  "/",
  "/guides/asynchronous-flow",
  "/errors/20002",
  "/packages/client/interfaces/Vetting",
];

test("searches, tries an operation and opens Redoc with the keyboard alone", async () => {
  await using mock = await startMock({ cors: true });
  await using docs = await startDocs({ mock: mock.url });
  await using browser = await openBrowser(docs.url, { viewport: { width: 1440, height: 900 } });
  const page = await browser.open();
  await browser.complaints.watchShifts(page);

  // Search: no letter is lost, though nothing was loaded yet.
  await page.goto(`${docs.url}/start`);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("request a qualification");
  const box = page.getByRole("combobox", { name: "Search the docs" });
  expect(await box.inputValue()).toBe("request a qualification");
  const first = page.getByRole("listbox", { name: "Results" }).getByRole("option").first();
  await first.waitFor();
  expect(await first.getAttribute("aria-selected")).toBe("true");
  const dialog = page.getByRole("dialog", { name: "Search" });
  expect(await dialog.getByRole("status").textContent()).toMatch(/^\d+ results$/);
  expect(await first.textContent()).toMatch(/Operation.*Request a qualification/);
  expect.soft(await axe(page), "search").toEqual([]);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await page.keyboard.press("Control+k");
  await first.waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(`${docs.url}/reference/requestQualification`);

  // Try it: the response comes in the place of the sample, in view, and a lost one is repeated, not written twice.
  await tabTo(page, "SUMMARY", "Try it");
  await page.keyboard.press("Enter");
  expect(await page.getByLabel("Mock").inputValue()).toBe(mock.url);
  await setFault(mock.url, { kind: "reset" });
  await tabTo(page, "BUTTON", "Send POST");
  await page.keyboard.press("Enter");
  const response = page.getByRole("region", { name: "Response" });
  expect(await response.getAttribute("aria-live")).toBe("polite");
  await response.getByText(/No response from|201 Created/).waitFor();
  const sent = await page.locator(".try-it .id code").textContent();
  // The focus stays on the button that was pressed.
  await expect
    .poll(() => page.evaluate(() => (document.activeElement as HTMLElement).innerText))
    .toBe("Send again");
  await page.keyboard.press("Enter");
  await response.getByText("201 Created").waitFor();
  expect(await response.getByLabel("Body of the response").textContent()).toContain("InReview");
  expect(await page.locator(".try-it .id code").textContent()).toBe(sent);
  expect(await response.evaluate(isInView)).toBe(true);
  const journal = (await (await fetch(`${mock.url}/_mock/journal`)).json()) as {
    log: { entries: { request: { method: string; headers: { name: string; value: string }[] } }[] };
  };
  const posts = journal.log.entries.filter(({ request }) => request.method === "POST");
  const ids = posts.flatMap(({ request }) =>
    request.headers.filter(({ name }) => /^ms-requestid$/i.test(name)).map(({ value }) => value),
  );
  expect(posts.length).toBeGreaterThan(1);
  expect(new Set(ids)).toEqual(new Set([sent]));
  expect.soft(await axe(page), "try it").toEqual([]);

  for (const path of kinds) {
    await page.goto(docs.url + path);
    expect.soft(await axe(page), path).toEqual([]);
  }

  // Redoc: at once, below the header of the site, at the operation of the address.
  await page.goto(`${docs.url}/redoc/#operation/requestQualification`);
  const heading = page.getByRole("heading", { level: 2, name: "Request a qualification" });
  await heading.waitFor();
  await expect.poll(() => heading.evaluate(isInView), { timeout: 20_000 }).toBe(true);
  await page
    .getByRole("main")
    .getByText(/^Sources: \d+$/)
    .first()
    .waitFor();
  expect(await page.getByRole("main").innerText()).not.toContain("evidence:");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search the docs" }).waitFor();

  const expected = [mock.url, "net::ERR"];
  const foreign = browser.complaints.list.filter(
    (one) => !expected.some((own) => one.includes(own)),
  );
  expect(foreign).toEqual([]);
});

/** Presses Tab until an element has the focus. */
async function tabTo(page: Page, tag: string, text: string): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press("Tab");
    const isThere = await page.evaluate(
      ([name, words]) => {
        const { activeElement } = document;
        return (
          activeElement?.tagName === name &&
          (activeElement as HTMLElement).innerText.includes(words!)
        );
      },
      [tag, text],
    );
    if (isThere) return;
  }
  throw new Error(`Tab does not reach ${tag} "${text}"`);
}

async function setFault(mock: string, fault: object): Promise<void> {
  const response = await fetch(`${mock}/_mock/faults`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(fault),
  });
  expect(response.ok, await response.text()).toBe(true);
}

async function axe(page: Page): Promise<string[]> {
  await loadAxe(page);
  return findViolations(page);
}

function isInView(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}
