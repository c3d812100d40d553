import type { Page } from "@partner-qualifications/testing/browser";
import { connectBrowser } from "@partner-qualifications/testing/browser/vitest";
import { startMock } from "@partner-qualifications/mock";
import { expect, test, vi } from "vitest";
import { startDemo } from "../host/server/start-demo.ts";
import { violations } from "./support/axe.ts";
import { open, patience } from "./support/open.ts";

vi.setConfig({ testTimeout: 4 * patience });

const token = "a-token-that-no-browser-receives";
const college = "22222222-2222-3333-4444-555555555555";
const docsUrl = "http://127.0.0.1:4020";
const focused = "document.activeElement.innerText || document.activeElement.id";

/** Presses Tab until the focused element has a name. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let steps = 0; steps < 60; steps++) {
    await page.keyboard.press("Tab");
    if (String(await page.evaluate(focused)).startsWith(name)) return;
  }
  throw new Error(`Tab does not reach ${name}`);
}

async function hasFocus(page: Page, name: string): Promise<void> {
  await expect.poll(() => page.evaluate(focused), { timeout: patience }).toBe(name);
}

test("finds, requests and follows with the keyboard alone, as the accessibility tree has it", async () => {
  await using mock = await startMock({ clock: "real" });
  await using demo = await startDemo({ baseUrl: mock.url, credential: () => token, docsUrl });
  await using browser = await connectBrowser();
  await using opened = await open(browser, `${demo.url}/customers/${college}`, {
    permissions: ["clipboard-read", "clipboard-write"],
    viewport: { width: 1440, height: 900 },
  });
  const { page, problems } = opened;
  const { keyboard } = page;
  const received: string[] = [];
  page.on("response", async (response) => {
    if (!response.url().includes("/live")) received.push(await response.text().catch(() => ""));
  });

  await page.getByText("None yet.").waitFor();
  await page.getByText("200").first().waitFor();

  // The first page: the work, the search, the cases.
  await page.goto(demo.url);
  await page.getByRole("heading", { name: "Try a case" }).waitFor();
  await hasFocus(page, "customer");
  expect(await page.getByRole("heading").allInnerTexts()).toEqual([
    "Reviews in progress",
    "Find a customer",
    "Try a case",
    "Mock controls",
    "On the wire",
  ]);
  expect(await violations(page), "first page").toEqual([]);

  // The search: arrows, a prefix that is no name, part of a tenant ID, Enter before the matches are there.
  const search = page.getByRole("combobox", { name: "Company name or tenant ID" });
  const hints = (text: string) => page.locator("#customer-hint", { hasText: text }).waitFor();
  await keyboard.type("cont");
  // On a slow machine, the matches of a shorter text are there before.
  await hints("Press Enter to open the highlighted one.");
  await page.getByRole("option", { name: "Contoso College" }).waitFor();
  await keyboard.press("ArrowDown");
  const active = await search.getAttribute("aria-activedescendant");
  expect(await page.locator(`#${active}`).innerText()).toContain("Contoso College");
  await search.fill("college");
  await hints("No customer's name begins with “college”");
  await search.fill("1111-22");
  await hints("6 of the 32 digits of a tenant ID");
  await search.fill(` {${college.toUpperCase()}} `);
  await hints("A tenant ID. Press Enter to open it.");
  await search.fill("");
  await keyboard.type("contoso c");
  await keyboard.press("Enter");
  await hasFocus(page, "Contoso College");

  // A request: the pasted address becomes a host, and the focus goes to the new review.
  await page.getByText("None yet.").waitFor();
  await tabTo(page, "website");
  await keyboard.type("https://www.contoso.edu/");
  await tabTo(page, "Request Education");
  expect(await page.getByLabel("Website").inputValue()).toBe("www.contoso.edu");
  await keyboard.press("Enter");
  await hasFocus(page, "Education");
  const status = page.getByRole("status").filter({ hasText: "In review" });
  await status.waitFor();
  await page.getByRole("button", { name: "Request another qualification" }).waitFor();
  expect(await violations(page), "in review, with the wire open").toEqual([]);

  // The wire: method and path, both bodies, a command without the token, one line of polls.
  const wire = page.getByRole("region", { name: "On the wire" });
  await wire
    .getByRole("listitem")
    .last()
    .getByText(/^[3-9] times$/)
    .waitFor();
  const calls = await wire.getByRole("listitem").allInnerTexts();
  const write = calls.findIndex((text) => text.startsWith("POST"));
  expect(calls.slice(write + 1)).toEqual([
    expect.stringMatching(/^GET[^]*qualifications[^]*times/),
  ]);
  for (const text of ['"educationSegment": "K12"', '"vettingStatus": "InReview"']) {
    expect(await wire.getByText(text).count(), text).toBeGreaterThan(0);
  }
  await tabTo(page, "Copy as curl");
  await keyboard.press("Enter");
  const curl = String(await page.evaluate("navigator.clipboard.readText()"));
  expect(curl).toMatch(/^curl -i -X POST 'http.*\/qualifications'[^]*\$TOKEN[^]*-d '\{/);
  await wire.getByLabel("Filter").fill("POST 201");
  expect(await wire.getByRole("listitem").count()).toBe(1);

  // Three days pass for this mock, whose clock continues.
  await page.evaluate("document.activeElement.blur()");
  await tabTo(page, "Jump 1 day");
  for (let day = 1; day <= 5; day++) await keyboard.press("Enter");
  await page.getByRole("status").filter({ hasText: "Approved" }).waitFor();
  expect(mock.control.clock.mode).toBe("real");
  const timeline = page.getByRole("list", { name: "Timeline of Education" });
  const events = await timeline.getByRole("listitem").allInnerTexts();
  expect(events.map((text) => text.replaceAll(/\s+/g, " "))).toEqual([
    expect.stringMatching(/^Requested \d/),
    expect.stringMatching(/^Approved \d.* after \d days$/),
  ]);

  // Frozen on purpose: a banner says so, and its end leaves the focus on the page.
  await tabTo(page, "Freeze time");
  await keyboard.press("Enter");
  await page.getByRole("status").getByText("The mock's time is frozen").waitFor();
  expect(await violations(page), "frozen").toEqual([]);
  await page.getByRole("button", { name: "Resume", exact: true }).focus();
  await keyboard.press("Enter");
  await hasFocus(page, "Mock controls");
  expect(mock.control.clock.mode).toBe("real");

  // Another qualification, and the list of what was decided.
  await page.getByRole("button", { name: "Request another qualification" }).focus();
  await keyboard.press("Enter");
  await page.getByRole("button", { name: "Request State-owned entity" }).focus();
  await keyboard.press("Enter");
  await hasFocus(page, "State-owned entity");
  await page.getByText("This customer cannot have another qualification.").waitFor();
  await page.getByRole("link", { name: "All customers" }).focus();
  await keyboard.press("Enter");
  await page.getByRole("heading", { name: "Decided" }).waitFor();

  // Impossible inputs: another partner's customer, and invalid addresses.
  await page.goto(`${demo.url}/customers/00000000-0000-4000-8000-000000000403`);
  const refused = page.getByRole("alert").filter({ hasText: "Partner Center does not allow this" });
  const link = refused.getByRole("link", { name: "Error 20002" });
  expect(await link.getAttribute("href")).toBe(`${docsUrl}/errors/20002`);
  expect(await page.getByRole("button", { name: /^Request/ }).count()).toBe(0);
  expect(await violations(page), "refused").toEqual([]);
  for (const [path, heading] of [
    ["/customers/contoso", "This is not a tenant ID"],
    ["/invoices", "Page not found"],
  ]) {
    const response = await page.goto(demo.url + path);
    expect(response?.status()).toBe(404);
    await page.getByRole("heading", { name: heading! }).waitFor();
  }
  expect(await violations(page), "unknown address").toEqual([]);
  expect(problems).toEqual([]);
  expect(received.length).toBeGreaterThan(20);
  expect(received.join().includes(token)).toBe(false);
});

test("moves nothing on a phone while a review is denied and requested again", async () => {
  await using mock = await startMock({ clock: "real" });
  await using demo = await startDemo({ baseUrl: mock.url, credential: () => token });
  await using browser = await connectBrowser();
  const viewport = { width: 390, height: 844 };
  await using opened = await open(browser, demo.url, { viewport });
  const { page, problems } = opened;
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const status = (text: string) => page.locator(".qualifications .status", { hasText: text });
  await page.getByText("Margie's Reading Room").click();
  // The response is lost, so the answer comes long after the click.
  mock.control.addFaults({ kind: "reset", only: "writes" });
  await button("Request Education").click();
  await status("In review").waitFor();
  await page.getByText(/In review for \d/).waitFor();
  mock.advance("P7D");
  await status("Denied").waitFor();
  await button("Request again").click();
  await page.getByText("Education was denied: Not an eligible Library").waitFor();
  // Longer than the half second in which the browser takes a shift for the effect of the click.
  mock.control.addFaults({ kind: "latency", delay: "PT1S", only: "writes" });
  await button("Request again").click();
  await status("In review").waitFor();
  await page.getByRole("link", { name: "All customers" }).click();
  await page.getByText(/^for \d/).waitFor();
  mock.advance("P7D");
  await page.locator(".rows .status", { hasText: "Denied" }).waitFor();
  await page.goto(`${demo.url}/customers/00000000-0000-4000-8000-000000000403`);
  await page.getByText("Partner Center does not allow this").waitFor();
  mock.control.setClock({ mode: "manual" });
  await page.getByText("The mock's time is frozen").waitFor();
  expect(problems).toEqual([]);
});
