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
  prepare?: (page: Page) => Promise<void>;
}

const shots: Shot[] = [
  { name: "home", path: "/" },
  { name: "start", path: "/start" },
  { name: "guide", path: "/guides/asynchronous-flow" },
  { name: "operation", path: "/reference/requestQualification" },
  { name: "redoc", path: "/redoc/#operation/requestQualification", prepare: untilRedoc },
  { name: "error", path: "/errors/20002" },
  { name: "package", path: "/packages/client" },
  { name: "search", path: "/start", prepare: search },
  { name: "try-it", path: "/reference/requestQualification", prepare: tryIt },
];

const desktop = { width: 1360, height: 850 };
const phone = { width: 390, height: 850 };

/** The site on a desktop and on a phone, light and dark, one picture for each kind of page, and a guide on paper. */
export async function docs(directory: URL): Promise<void> {
  await using mock = await startMock({ cors: true, clock: "manual", now: "2026-11-23T09:00:00Z" });
  await using site = await startDocs({ mock: mock.url });
  await using browser = await launchBrowser();
  for (const { name, path, prepare } of shots) {
    const frames: string[] = [];
    for (const viewport of [desktop, phone]) {
      for (const colorScheme of ["light", "dark"] as const) {
        const page = await browser.newPage({ viewport, colorScheme, reducedMotion: "reduce" });
        // The request of the frame before would make this one a conflict.
        mock.control.reset();
        await page.goto(site.url + path);
        await prepare?.(page);
        frames.push((await page.screenshot()).toString("base64"));
        await page.close();
      }
    }
    const file = fileURLToPath(new URL(`docs-${name}.jpg`, directory));
    await sideBySide(browser, frames, file);
  }
  await previewPicture(browser, new URL("docs-preview.png", directory));
  const page = await browser.newPage();
  await page.goto(`${site.url}/guides/asynchronous-flow`);
  const sheets = await drawSheets(await page.pdf({ format: "A4" }), 4);
  const frames = sheets.map((sheet) => sheet.toString("base64"));
  await sideBySide(browser, frames, fileURLToPath(new URL("docs-print.jpg", directory)));
}

async function untilRedoc(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 2, name: "Request a qualification" }).waitFor();
}

async function search(page: Page): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.keyboard.type("denied reason");
  await page.getByRole("option").first().waitFor();
}

async function tryIt(page: Page): Promise<void> {
  await page.locator(".try-it summary").click();
  await page.getByRole("button", { name: "Send POST" }).click();
  await page.getByText("201 Created").waitFor();
  // The address of the mock that a reader has.
  await page.getByLabel("Mock").fill("http://127.0.0.1:4010");
}

/** Draws what a link to the site shows in a chat; apps/docs/pages/public has it. */
export async function previewPicture(browser: Browser, file: URL): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 630 } });
  await page.setContent(
    `<body style="margin:0;padding:96px;box-sizing:border-box;height:630px;background:#10131a;color:#fff;font:400 40px/1.4 system-ui,sans-serif">
      <h1 style="margin:0 0 24px;font-size:76px;line-height:1.15">Partner Center qualifications</h1>
      <p style="margin:0 0 56px;color:#b6bccb">A documented contract, a typed client and a stateful mock for an API whose answer takes days.</p>
      <code style="font:400 32px ui-monospace,monospace"><b style="color:#6fd69b">POST</b> /v1/customers/{customer_id}/qualifications</code>
    </body>`,
  );
  await page.screenshot({ path: fileURLToPath(file) });
  await page.close();
}

/** Puts pictures of the same height into one. */
async function sideBySide(browser: Browser, frames: string[], path: string): Promise<void> {
  const images = frames.map((frame) => `<img height="638" src="data:image/png;base64,${frame}">`);
  const page = await browser.newPage({ viewport: { width: 2700, height: 670 } });
  await page.setContent(
    `<body style="margin:0;padding:16px;display:inline-flex;gap:16px;background:#8a94a6">${images.join("")}</body>`,
  );
  // A third of the size of a PNG.
  await page.locator("body").screenshot({ path, type: "jpeg", quality: 70 });
  await page.close();
}
