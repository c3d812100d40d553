import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { startDemo } from "@partner-qualifications/demo";
import { startMock } from "@partner-qualifications/mock";
import { launchBrowser } from "@partner-qualifications/testing/browser";

const customer = "00000000-0000-4000-8000-00000000de05";
const desktop = { width: 1440, height: 900 };
const phone = { width: 390, height: 900 };

type Browser = Awaited<ReturnType<typeof launchBrowser>>;
type Page = Awaited<ReturnType<Browser["newPage"]>>;

/** The demo on a desktop and on a phone: a review that was denied, and requested again. */
export async function demo(directory: URL): Promise<void> {
  await using mock = await startMock({ reviewTime: "P1D" });
  await using running = await startDemo({
    baseUrl: mock.url,
    docsUrl: "http://127.0.0.1:4020",
    credential: () => "any",
  });
  await using browser = await launchBrowser();
  const context = await browser.newContext({ viewport: desktop, locale: "en-GB" });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const path = (name: string) => fileURLToPath(new URL(name, directory));

  await page.goto(running.url);
  await page.getByRole("combobox").fill("la");
  await page.getByRole("option", { name: "Lamna" }).waitFor();
  await page.screenshot({ path: path("demo-search.png") });
  await page.goto(`${running.url}/customers/${customer}`);
  await page.getByLabel("Website").fill("https://www.lamna.edu/");
  await page.getByRole("button", { name: "Request Education" }).click();
  await page.locator(".qualifications .status", { hasText: "In review" }).waitFor();
  mock.advance("P3D");
  // The first opens the form, the second sends it.
  await page.getByRole("button", { name: "Request again" }).click();
  await page.locator("form").getByRole("button", { name: "Request again" }).click();
  await page.getByText("Request another qualification").waitFor();
  mock.advance("PT20H");
  await page.getByText("In review for 20 hours").waitFor();

  const frames: Buffer[] = [];
  for (const [viewport, colorScheme] of [
    [desktop, "light"],
    [phone, "dark"],
  ] as const) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await page.reload();
    await page.getByText("In review for 20 hours").waitFor();
    await page.evaluate("scrollTo(0, 0)");
    frames.push(await page.screenshot());
    await page.screenshot({ path: path(`demo-${viewport.width}.png`) });
  }
  await strip(await browser.newPage(), frames, path("demo.png"));
}

/** Puts pictures side by side, in the page of a browser: the demo's policy does not allow it on its own. */
async function strip(page: Page, pictures: Buffer[], path: string): Promise<void> {
  const gap = 20;
  await page.setViewportSize({ width: desktop.width + phone.width + 3 * gap, height: 940 });
  const images = pictures.map(
    (picture) => `<img src="data:image/png;base64,${picture.toString("base64")}">`,
  );
  await page.setContent(
    `<body style="margin:${gap}px;display:flex;gap:${gap}px;background:#8a94a6">${images.join("")}</body>`,
  );
  await writeFile(path, await page.screenshot());
}
