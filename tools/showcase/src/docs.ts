import { startDocs } from "@partner-qualifications/docs";
import { startMock } from "@partner-qualifications/mock";
import { launchBrowser } from "@partner-qualifications/testing/browser";
import { fileURLToPath } from "node:url";
import { drawSheets } from "./printed.ts";

type Browser = Awaited<ReturnType<typeof launchBrowser>>;
type Page = Awaited<ReturnType<Browser["newPage"]>>;

interface Shot {
  name: string;
  path: string;
  /** What is done on the page before the picture is taken. */
  prepare?: (page: Page, mock: string) => Promise<void>;
}

const shots: Shot[] = [
  { name: "home", path: "/" },
  { name: "start", path: "/start" },
  { name: "guide", path: "/guides/asynchronous-flow" },
  { name: "operation", path: "/reference/requestQualification" },
  { name: "redoc", path: "/redoc/", prepare: openRedoc },
  { name: "error", path: "/errors/20002" },
  { name: "try-it", path: "/reference/listValidationCodes", prepare: tryIt },
];

const desktop = { width: 1360, height: 850 };
const phone = { width: 390, height: 850 };

/** The site on a desktop and on a phone, light and dark, one picture for each kind of page, and a guide on paper. */
export async function docs(directory: URL): Promise<void> {
  await using mock = await startMock({ cors: true, clock: "manual", now: "2026-11-23T09:00:00Z" });
  await using site = await startDocs();
  await using browser = await launchBrowser();
  for (const { name, path, prepare } of shots) {
    const frames: string[] = [];
    for (const viewport of [desktop, phone]) {
      for (const colorScheme of ["light", "dark"] as const) {
        const page = await browser.newPage({ viewport, colorScheme, reducedMotion: "reduce" });
        await page.goto(site.url + path);
        await prepare?.(page, mock.url);
        frames.push((await page.screenshot()).toString("base64"));
        await page.close();
      }
    }
    const file = fileURLToPath(new URL(`docs-${name}.png`, directory));
    await sideBySide(browser, frames, file);
  }
  const page = await browser.newPage();
  await page.goto(`${site.url}/guides/asynchronous-flow`);
  const sheets = await drawSheets(await page.pdf({ format: "A4" }), 4);
  const frames = sheets.map((sheet) => sheet.toString("base64"));
  await sideBySide(browser, frames, fileURLToPath(new URL("docs-print.png", directory)));
}

async function openRedoc(page: Page): Promise<void> {
  await page.evaluate(() => {
    location.hash = "operation/requestQualification";
  });
  await page.locator("#shell").waitFor({ state: "detached" });
  await page.locator("#redoc main").waitFor();
}

async function tryIt(page: Page, mock: string): Promise<void> {
  await page.getByLabel("Mock").fill(mock);
  await page.getByRole("button", { name: "Send GET" }).click();
  await page.getByText("200 OK").waitFor();
  // The address of the mock that a reader has.
  await page.getByLabel("Mock").fill("http://127.0.0.1:4010");
  await page.getByRole("heading", { name: "Try it" }).evaluate((heading) => {
    heading.scrollIntoView();
    scrollBy(0, -140);
  });
}

/** Puts pictures of the same height into one. */
async function sideBySide(browser: Browser, frames: string[], path: string): Promise<void> {
  const images = frames.map((frame) => `<img height="638" src="data:image/png;base64,${frame}">`);
  const page = await browser.newPage({ viewport: { width: 2700, height: 670 } });
  await page.setContent(
    `<body style="margin:0;padding:16px;display:inline-flex;gap:16px;background:#8a94a6">${images.join("")}</body>`,
  );
  await page.locator("body").screenshot({ path });
  await page.close();
}
