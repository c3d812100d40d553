import { startDemo } from "@partner-qualifications/demo";
import { startMock } from "@partner-qualifications/mock";
import { launchBrowser } from "@partner-qualifications/test-browser";
import { fileURLToPath } from "node:url";

/** The demo before and after the review time, side by side. */
export async function pictures(directory: URL): Promise<void> {
  await using mock = await startMock({ clock: "manual" });
  await using demo = await startDemo({ baseUrl: mock.url, credential: () => "any" });
  await using browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 760, height: 560 } });
  const frames: string[] = [];
  const shoot = async () => frames.push((await page.screenshot()).toString("base64"));

  await page.goto(demo.url);
  await page.getByLabel("Customer's tenant id").fill("11111111-2222-3333-4444-555555555555");
  await page.getByRole("button", { name: "Show" }).click();
  await page.getByLabel("Web site").fill("example.edu");
  await page.getByRole("button", { name: "Ask" }).click();
  await page.getByText("In review").waitFor();
  await shoot();
  mock.advance("P7D");
  await page.getByText("Approved").waitFor();
  await shoot();

  // A page of its own: the demo's policy would not let it show pictures from data.
  const strip = await browser.newPage({ viewport: { width: 1536, height: 560 } });
  const images = frames.map((frame) => `<img width="760" src="data:image/png;base64,${frame}">`);
  await strip.setContent(
    `<body style="margin:0;display:flex;gap:16px;background:#8a94a6">${images.join("")}</body>`,
  );
  await strip.screenshot({ path: fileURLToPath(new URL("demo.png", directory)) });
}
