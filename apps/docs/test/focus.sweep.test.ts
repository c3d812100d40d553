import { findWeakFocus } from "@partner-qualifications/testing/browser/focus";
import type { Page } from "@partner-qualifications/testing/browser";
import { expect, test, vi } from "vitest";
import { startDocs } from "../src/server.ts";
import { openBrowser, wake } from "./browser.ts";

// Programs and a browser are slow where many want the same processor.
vi.setConfig({ testTimeout: 180_000 });

const search = async (page: Page) => {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("20002");
  await page.getByRole("option").first().waitFor();
};
const redoc = async (page: Page) => {
  await page.getByRole("heading", { level: 2, name: "Request a qualification" }).waitFor();
  // Redoc scrolls to the heading once more, and adds the operation before it when the reader scrolls: both move the page.
  for (let turn = 0; turn < 2; turn++) {
    await page.waitForTimeout(1_000);
    await page.evaluate(() => scrollTo(0, 0));
  }
  await page.waitForTimeout(1_000);
};
const tryIt = async (page: Page) => {
  await wake(page);
  await page.locator(".try-it summary").click();
};

interface State {
  path: string;
  colorScheme: "light" | "dark";
  show?: (page: Page) => Promise<void>;
}
const states: State[] = [
  { path: "/start", colorScheme: "dark", show: search },
  { path: "/reference/requestQualification", colorScheme: "light", show: wake },
  { path: "/redoc/#operation/requestQualification", colorScheme: "light", show: redoc },
  { path: "/", colorScheme: "light" },
  { path: "/", colorScheme: "dark" },
  { path: "/start", colorScheme: "dark" },
  { path: "/start", colorScheme: "light", show: wake },
  { path: "/errors/", colorScheme: "dark", show: wake },
  { path: "/reference/requestQualification", colorScheme: "dark", show: wake },
  { path: "/start", colorScheme: "light", show: search },
  { path: "/reference/requestQualification", colorScheme: "light", show: tryIt },
  { path: "/redoc/#operation/requestQualification", colorScheme: "dark", show: redoc },
];

test.each(states)(
  "shows the focus with a ring of 2 px and 3 : 1 on $path ($colorScheme)",
  async ({ path, colorScheme, show }) => {
    await using docs = await startDocs();
    await using browser = await openBrowser(docs.url);
    const page = await browser.open({ colorScheme, viewport: { width: 1440, height: 900 } });
    await page.goto(docs.url + path);
    await show?.(page);
    const { kinds, weak } = await findWeakFocus(page);
    expect(weak).toEqual([]);
    expect(kinds).toBeGreaterThan(2);
  },
);
