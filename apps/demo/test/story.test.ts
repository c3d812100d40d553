import { startMock } from "@partner-qualifications/mock";
import { launchBrowser } from "@partner-qualifications/test-browser";
import { expect, test } from "vitest";
import { startDemo } from "../src/server/start-demo.ts";

const customerId = "11111111-2222-3333-4444-555555555555";
const secret = "a-token-that-the-browser-must-not-see";

test("a customer is picked, Education asked for, and its approval seen without reloading", async () => {
  await using mock = await startMock({ clock: "manual" });
  await using demo = await startDemo({ baseUrl: mock.url, credential: () => secret });
  await using browser = await launchBrowser();
  const page = await browser.newPage();
  let loads = 0;
  page.on("load", () => loads++);
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));

  await page.goto(demo.url);
  await page.getByLabel("Customer's tenant id").fill(` ${customerId} `);
  await page.getByRole("button", { name: "Show" }).click();
  await page.getByText("None yet.").waitFor();

  await page.getByLabel("Web site").fill("example.edu");
  await page.getByRole("button", { name: "Ask" }).click();
  await page.getByText("In review").waitFor();

  mock.advance("P7D");
  await page.getByText("Approved").waitFor();
  expect(loads).toBe(1);
  expect(problems).toEqual([]);
});

test("the browser never receives the credential", async () => {
  await using mock = await startMock();
  await using demo = await startDemo({ baseUrl: mock.url, credential: () => secret });
  await using browser = await launchBrowser();
  const page = await browser.newPage();
  const seen: string[] = [];
  page.on("request", (request) => seen.push(JSON.stringify(request.headers())));
  page.on("response", async (response) => {
    seen.push(JSON.stringify(response.headers()), await response.text().catch(() => ""));
  });

  await page.goto(demo.url);
  await page.getByLabel("Customer's tenant id").fill(customerId);
  await page.getByRole("button", { name: "Show" }).click();
  await page.getByText("None yet.").waitFor();
  await page.waitForLoadState("networkidle");
  expect(seen.length).toBeGreaterThan(5);
  expect(seen.join()).not.toContain(secret);
});

test("what Partner Center refuses is shown in its own words", async () => {
  await using mock = await startMock({ clock: "manual" });
  await using demo = await startDemo({
    baseUrl: mock.url,
    credential: () => secret,
    sampleCustomers: [
      { id: "00000000-0000-4000-8000-000000000403", summary: "Somebody else's customer" },
    ],
  });
  await using browser = await launchBrowser();
  const page = await browser.newPage();
  await page.goto(demo.url);
  await page.getByRole("button", { name: "Somebody else's customer" }).click();
  expect(await page.locator(".problem").textContent()).toBe(
    "No relationship between caller and account. (code 20002)",
  );

  await page.getByLabel("Customer's tenant id").fill("contoso");
  await page.getByRole("button", { name: "Show" }).click();
  expect(await page.locator("#customer-problem").textContent()).toMatch(/^That is not a tenant id/);
});

test("a write that another site's page sends is refused", async () => {
  await using mock = await startMock();
  await using demo = await startDemo({ baseUrl: mock.url, credential: () => secret });
  const response = await fetch(`${demo.url}/api/v1/customers/${customerId}/qualifications`, {
    method: "POST",
    headers: { "Content-Type": "text/plain", Origin: "https://elsewhere.example" },
    body: JSON.stringify({ qualification: "Education" }),
  });
  expect(response.status).toBe(403);
});

test("Partner Center being away is told as such", async () => {
  const mock = await startMock();
  await mock.close();
  await using demo = await startDemo({ baseUrl: mock.url, credential: () => secret });
  const response = await fetch(`${demo.url}/api/v1/customers/${customerId}/qualifications`);
  expect(response.status).toBe(502);
  expect(await response.json()).toMatchObject({ message: `No whole answer from ${mock.url}` });
});
