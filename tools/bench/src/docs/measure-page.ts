import type { launchBrowser } from "@partner-qualifications/testing/browser";
import { watch, type Watched } from "./watch.ts";

type Browser = Awaited<ReturnType<typeof launchBrowser>>;
type Page = Awaited<ReturnType<Browser["newPage"]>>;

/** A page, and the text of a heading that shows it is loaded. */
export interface Subject {
  url: string;
  own: RegExp;
}

export interface Figures {
  /** Largest contentful paint, but not before the page's text is visible, in milliseconds. */
  paint: number;
  /** Total blocking time until the page is idle, in milliseconds. */
  blocking: number;
  /** Thousands of bytes on the wire, headers included. */
  kilobytes: number;
  otherHosts: number;
  consoleErrors: number;
  hydrationErrors: number;
}

const quietFor = 2500;
const patience = 180_000;
const bytesPerSecond = 10_000_000 / 8;
const network = {
  offline: false,
  latency: 0,
  downloadThroughput: bytesPerSecond,
  uploadThroughput: bytesPerSecond,
};
const hydration = /hydrat|server[- ]rendered|Minified React error #(418|423|425)/i;

/**
 * Loads a page with empty caches, a CPU slowed four times and 10 Mbit/s, without access to other hosts.
 *
 * @throws {Error} When the page's text is missing or the page is not idle after a minute.
 */
export async function measurePage(browser: Browser, subject: Subject): Promise<Figures> {
  // A proxy without a server. The browser bypasses it for servers on this machine.
  const proxy = { server: "http://127.0.0.1:1", bypass: "127.0.0.1" };
  const context = await browser.newContext({ proxy, viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    const { host } = new URL(subject.url);
    const traffic = await Traffic.of(page, host);
    await page.addInitScript(watch, subject.own.source);
    await page.goto(subject.url, { waitUntil: "commit" });
    return await settle(page, traffic, subject.url);
  } finally {
    await context.close();
  }
}

/** A page's requests and errors. */
class Traffic {
  bytes = 0;
  otherHosts = 0;
  consoleErrors = 0;
  hydrationErrors = 0;
  /** Time of the last response, and number of pending requests. */
  #lastAt = 0;
  #open = new Set<string>();

  static async of(page: Page, host: string): Promise<Traffic> {
    const traffic = new Traffic();
    page.on("pageerror", ({ message }) => traffic.#complain(message));
    page.on("console", (message) => {
      if (message.type() === "error") traffic.#complain(message.text());
    });
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith("http") && url.host !== host) traffic.otherHosts += 1;
    });
    const devTools = await page.context().newCDPSession(page);
    await devTools.send("Network.enable");
    devTools.on("Network.requestWillBeSent", ({ requestId, request }) => {
      // Requests for data inside the page never end.
      if (request.url.startsWith("http")) traffic.#open.add(requestId);
    });
    devTools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) =>
      traffic.#end(requestId, encodedDataLength),
    );
    devTools.on("Network.loadingFailed", ({ requestId }) => traffic.#end(requestId, 0));
    await devTools.send("Network.emulateNetworkConditions", network);
    await devTools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    return traffic;
  }

  /** Time without pending requests, in milliseconds. */
  get quiet(): number {
    return this.#open.size > 0 ? 0 : performance.now() - this.#lastAt;
  }

  #complain(text: string): void {
    this.consoleErrors += 1;
    if (hydration.test(text)) this.hydrationErrors += 1;
  }

  #end(request: string, bytes: number): void {
    this.#open.delete(request);
    this.bytes += bytes;
    this.#lastAt = performance.now();
  }
}

/** Waits until the page's text is visible and the page is idle. */
async function settle(page: Page, traffic: Traffic, url: string): Promise<Figures> {
  const until = performance.now() + patience;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    const { seen, painted, blocked, idle } = await page.evaluate(async () => {
      await new Promise((resolve) => requestIdleCallback(resolve));
      const { watched } = globalThis as unknown as { watched: Watched };
      return { ...watched, idle: performance.now() - watched.busyUntil };
    });
    if (seen !== undefined && Math.min(idle, traffic.quiet) > quietFor) {
      return {
        paint: Math.max(seen, painted),
        blocking: blocked,
        kilobytes: traffic.bytes / 1000,
        otherHosts: traffic.otherHosts,
        consoleErrors: traffic.consoleErrors,
        hydrationErrors: traffic.hydrationErrors,
      };
    }
    if (performance.now() > until) {
      throw new Error(
        `${url} ${seen === undefined ? "never shows its text" : "never comes to rest"}`,
      );
    }
  }
}
