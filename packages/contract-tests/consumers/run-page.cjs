// Opens what `vite build page` made in the Chromium at CHROME_PATH, and prints what the page shows.
const { chromium } = require("playwright-core");

async function run() {
  const { preview } = await import("vite");
  const server = await preview({ root: "page", build: { outDir: "../dist/page" } });
  const browser = await chromium.launch({
    executablePath: process.env.CHROME_PATH,
    args: process.getuid?.() === 0 ? ["--no-sandbox", "--disable-gpu"] : ["--disable-gpu"],
  });
  const page = await browser.newPage();
  await page.goto(`${server.resolvedUrls.local[0]}?mock=${process.env.MOCK_URL}`);
  console.log(await page.locator("p", { hasText: /\S/ }).textContent());
  await browser.close();
  await server.close();
}

run();
