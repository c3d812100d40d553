import type { Browser } from "@partner-qualifications/testing/browser";
import { findWeakFocus } from "@partner-qualifications/testing/browser/focus";
import { connectBrowser } from "@partner-qualifications/testing/browser/vitest";
import { beforeAll, expect, test, vi } from "vitest";
import { startDemo } from "../src/server/start-demo.ts";
import { open, patience } from "./support/open.ts";
import { startRemoteMock } from "./support/remote-mock.ts";

vi.setConfig({ testTimeout: 4 * patience, hookTimeout: 4 * patience });

let browser: Browser;
beforeAll(async () => {
  browser = await connectBrowser();
  return () => browser.close();
});

/** With SWEEPS set, both. */
const looks = ["light", "dark"] as const;

test.each(process.env.SWEEPS ? looks : looks.slice(0, 1))(
  "shows the focus with a ring of 2 px and 3 : 1 on every screen (%s)",
  async (colorScheme) => {
    await using mock = await startRemoteMock();
    await mock.begin();
    await using demo = await startDemo({ baseUrl: mock.url, credential: () => "any-token" });
    await using opened = await open(browser, demo.url, { colorScheme, reducedMotion: "reduce" });
    const { page } = opened;
    await page.getByRole("link", { name: /^Contoso College/ }).waitFor();
    const start = await findWeakFocus(page);
    expect(start.weak).toEqual([]);
    expect(start.kinds).toBeGreaterThan(5);

    await page.goto(`${demo.url}/customers/22222222-2222-3333-4444-555555555555`);
    await page.getByText("None yet.").waitFor();
    await page.getByRole("button", { name: "Ask for Education" }).click();
    await page.locator(".qualifications .status", { hasText: "In review" }).waitFor();
    await page.getByRole("button", { name: "Stop following" }).waitFor();
    const customer = await findWeakFocus(page);
    expect(customer.weak).toEqual([]);
    expect(customer.kinds).toBeGreaterThan(10);
  },
);
