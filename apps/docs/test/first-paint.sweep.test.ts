import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { startDocs } from "../src/server.ts";
import { openBrowser } from "./browser.ts";

vi.setConfig({ testTimeout: 120_000 });

/** Like most readers' browsers: with reduced motion, VitePress has other styles. */
const moving = { reducedMotion: "no-preference" } as const;
/** One page of each kind, each with another appearance; tall, so that late content is on the screen. */
const looks = [
  { path: "/", colorScheme: "light", width: 1440 },
  { path: "/start", colorScheme: "dark", width: 390 },
  { path: "/guides/asynchronous-flow", colorScheme: "dark", width: 1440 },
  { path: "/reference/requestQualification", colorScheme: "light", width: 1440 },
  { path: "/errors/20002", colorScheme: "light", width: 390 },
] as const;

test("pages have the same styles by their own rules as by the whole style sheet, and nothing moves", async () => {
  await using docs = await startDocs();
  await using browser = await openBrowser(docs.url);
  for (const { path, colorScheme, width } of looks) {
    const page = await browser.open({ ...moving, colorScheme, viewport: { width, height: 1800 } });
    await page.goto(docs.url + path);
    await page.waitForTimeout(300);
    expect(await page.evaluate(layoutShifts), path).toEqual([]);
    const own = await page.evaluateHandle(computedStyles);
    await page.evaluate(useWholeSheet);
    const whole = await page.evaluateHandle(computedStyles);
    const { compared, others } = await page.evaluate(compare, { own, whole });
    expect(compared, path).toBeGreaterThan(50_000);
    expect(others, path).toEqual([]);
    await page.close();
  }
  expect(browser.complaints.list).toEqual([]);
});

test("nothing moves while a page arrives in pieces", async () => {
  await using docs = await startDocs();
  await using slow = await startSlowLine(docs.url);
  await using browser = await openBrowser(slow.url);
  for (const { path, colorScheme, width } of looks) {
    const page = await browser.open({ ...moving, colorScheme, viewport: { width, height: 1800 } });
    await page.goto(slow.url + path);
    expect(await page.evaluate(layoutShifts), path).toEqual([]);
    await page.close();
  }
});

/** The site on a slow line: a page comes in pieces, and what has come is painted before the next one comes. */
async function startSlowLine(site: string) {
  const server = createServer(async (request, response) => {
    const answer = await fetch(site + request.url);
    const type = answer.headers.get("content-type") ?? "";
    const body = Buffer.from(await answer.arrayBuffer());
    response.writeHead(answer.status, { "Content-Type": type });
    const size = type.startsWith("text/html") ? 1000 : body.length;
    for (let at = 0; at < body.length; at += size) {
      response.write(body.subarray(at, at + size));
      if (size < body.length) await setTimeout(30);
    }
    response.end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}

test.each([
  ["/reference/requestQualification#parameter-MS-RequestId", 1],
  ["/reference/requestQualification#parameter-MS-RequestId", 4],
  ["/guides/asynchronous-flow#old-denials", 4],
])("%s is in view when it is there, on a processor slowed %i times", async (address, rate) => {
  await using docs = await startDocs();
  await using browser = await openBrowser(docs.url);
  const page = await browser.open({ ...moving, viewport: { width: 1280, height: 800 } });
  const devTools = await page.context().newCDPSession(page);
  await devTools.send("Emulation.setCPUThrottlingRate", { rate });
  await page.goto(docs.url + address);
  await page.waitForTimeout(500);
  const place = await page.locator(`[id="${address.split("#")[1]}"]`).boundingBox();
  expect(place!.y).toBeGreaterThan(0);
  expect(place!.y + place!.height).toBeLessThan(800);
});

/** What was painted and moved later, as the metric of that name has it. */
async function layoutShifts(): Promise<string[]> {
  interface LayoutShift extends PerformanceEntry {
    value: number;
    sources: { node?: Element; previousRect: DOMRect; currentRect: DOMRect }[];
  }
  const shifts: string[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries() as LayoutShift[]) {
      for (const { node, previousRect: from, currentRect: to } of sources) {
        const moved = `${from.x},${from.y} ${from.width}×${from.height} to ${to.x},${to.y} ${to.width}×${to.height}`;
        shifts.push(`${value}: ${node?.outerHTML?.slice(0, 120)} from ${moved}`);
      }
    }
  });
  observer.observe({ type: "layout-shift", buffered: true });
  await new Promise((resolve) => globalThis.setTimeout(resolve, 100));
  return shifts;
}

interface Computed {
  name: string;
  value: string;
}

/** Returns the computed style of each element and its pseudo-elements, without variables. */
function computedStyles(): Computed[] {
  return [...document.body.querySelectorAll("*")].flatMap((element) =>
    [undefined, "::before", "::after"].flatMap((part) => {
      const style = getComputedStyle(element, part);
      if (part && style.content === "none") return [];
      const subject = `${element.tagName}.${element.getAttribute("class")}${part ?? ""}`;
      return [...style]
        .filter((property) => !property.startsWith("--"))
        .map((property) => ({
          name: `${subject} ${property}`,
          value: style.getPropertyValue(property),
        }));
    }),
  );
}

/** Puts the whole style sheet in the place of a page's own rules. */
async function useWholeSheet(): Promise<void> {
  const rules = document.querySelector<HTMLStyleElement>("style[data-whole]")!;
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = rules.dataset.whole!;
  rules.before(sheet);
  await new Promise((resolve) => sheet.addEventListener("load", resolve));
  rules.remove();
  await Promise.all(document.getAnimations().map(({ finished }) => finished));
}

function compare({ own, whole }: { own: Computed[]; whole: Computed[] }) {
  const others = whole.filter(({ value }, index) => value !== own[index]?.value);
  return { compared: own.length, others: others.map(({ name, value }) => `${name}: ${value}`) };
}
