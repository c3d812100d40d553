import { fileURLToPath } from "node:url";
import { startDemo } from "@partner-qualifications/demo";
import { startMock } from "@partner-qualifications/mock";
import { launchBrowser } from "@partner-qualifications/testing/browser";

const school = "22222222-2222-3333-4444-555555555555";
const ministry = "33333333-2222-3333-4444-555555555555";
const desktop = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };
const frame = { width: 620, height: 760 };

type Browser = Awaited<ReturnType<typeof launchBrowser>>;
type Page = Awaited<ReturnType<Browser["newPage"]>>;

/** The demo's main screens, and a vetting from its request to its approval. */
export async function demo(directory: URL): Promise<void> {
  await using mock = await startMock({ clock: "manual" });
  await using running = await startDemo({ baseUrl: mock.url, credential: () => "any" });
  await using browser = await launchBrowser();
  const context = await browser.newContext({ viewport: frame, locale: "en-GB" });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const path = (name: string) => fileURLToPath(new URL(name, directory));
  const frames: Buffer[] = [];

  await page.goto(`${running.url}/customers/${school}`);
  await page.getByText("None yet.").waitFor();
  await page.getByLabel("Web site").fill("college.example.edu");
  frames.push(await page.screenshot());
  mock.control.addFaults({ kind: "reset", only: "writes" });
  await page.getByRole("button", { name: "Ask for Education" }).click();
  await page.getByText("It is in review already.").waitFor();
  await page.getByText(/Looked [2-9] times/).waitFor();
  await page.evaluate("scrollTo(0, 0)");
  frames.push(await page.screenshot());

  await page.setViewportSize(desktop);
  await page.locator(".wire details", { hasText: "POST" }).locator("summary").click();
  await page.screenshot({ path: path("demo-review.png"), fullPage: true });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.screenshot({ path: path("demo-dark.png"), fullPage: true });
  await page.emulateMedia({ colorScheme: "light" });

  await page.setViewportSize(frame);
  mock.advance("P7D");
  await page.getByText("Now approved").waitFor();
  frames.push(await page.screenshot());
  await page.goto(`${running.url}/customers/${ministry}`);
  await page.getByRole("radio", { name: /^Government/ }).check();
  await page.getByRole("combobox", { name: "Validation code" }).selectOption("12345");
  await page.setViewportSize(phone);
  await page.evaluate("scrollTo(0, 0)");
  await page.screenshot({ path: path("demo-phone.png") });
  await page.getByRole("button", { name: "Ask for Government" }).click();
  await page.locator(".status.Approved").waitFor();

  await page.setViewportSize(desktop);
  await page.goto(running.url);
  await page.getByLabel("Beginning of the name").fill("Contoso");
  await page.getByText("Fabrikam Ministry").nth(1).waitFor({ state: "detached" });
  await page.getByText("Show more").waitFor({ state: "detached" });
  await page.screenshot({ path: path("demo-start.png"), fullPage: true });
  await page.goto(`${running.url}/customers/00000000-0000-4000-8000-000000000403`);
  await page.getByText("Partner Center does not allow this.").waitFor();
  await page.locator("summary", { hasText: "Support bundle" }).click();
  await page.screenshot({ path: path("demo-error.png") });

  await strip(await browser.newPage(), frames, path("demo-strip.png"));
  await strip(await browser.newPage(), frames.slice(1), path("demo.png"));
}

/** Pictures side by side, on a page of their own: the demo's policy would not let it show them. */
async function strip(page: Page, pictures: Buffer[], path: string): Promise<void> {
  const gap = 16;
  const width = pictures.length * (frame.width + gap) + gap;
  await page.setViewportSize({ width, height: frame.height + 2 * gap });
  const images = pictures.map(
    (picture) =>
      `<img width="${frame.width}" src="data:image/png;base64,${picture.toString("base64")}">`,
  );
  await page.setContent(
    `<body style="margin:${gap}px;display:flex;gap:${gap}px;background:#8a94a6">${images.join("")}</body>`,
  );
  await page.screenshot({ path });
}
