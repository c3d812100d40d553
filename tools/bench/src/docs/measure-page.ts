import type { launchBrowser } from "@partner-qualifications/testing/browser";
import { watch, type Watched } from "./watch.ts";

type Browser = Awaited<ReturnType<typeof launchBrowser>>;
type Page = Awaited<ReturnType<Browser["newPage"]>>;

/** A page, and what one heading of it says once it is there. */
export interface Subject {
  url: string;
  own: RegExp;
  /** What the reader does after it is there, and the heading that comes of it. */
  next?: { act: (page: Page) => Promise<void>; own: RegExp };
}

export interface Figures {
  /** Largest contentful paint, and not before the page's own text can be seen, in milliseconds. */
  paint: number;
  /** Total blocking time until nothing happens any more, in milliseconds. */
  blocking: number;
  /** Thousands of bytes on the wire, headers included. */
  kilobytes: number;
  otherHosts: number;
  consoleErrors: number;
  hydrationErrors: number;
}

const quietFor = 2500;
const patience = 60_000;
const bytesPerSecond = 10_000_000 / 8;
const network = {
  offline: false,
  latency: 0,
  downloadThroughput: bytesPerSecond,
  uploadThroughput: bytesPerSecond,
};
const hydration = /hydrat|server[- ]rendered|Minified React error #(418|423|425)/i;

/**
 * Loads a page with empty caches, a processor slowed four times and 10 Mbit/s, every other host being
 * out of reach.
 *
 * @returns The figures of the load, and those of what the reader then does, when that is asked for;
 *   traffic and errors of the second are those of both.
 * @throws {Error} When the page's own text is not there, or something still happens, after a minute.
 */
export async function measurePage(browser: Browser, subject: Subject): Promise<Figures[]> {
  // A proxy that nobody serves; the browser asks this machine's own servers without it.
  const proxy = { server: "http://127.0.0.1:1", bypass: "127.0.0.1" };
  const context = await browser.newContext({ proxy, viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    const { host } = new URL(subject.url);
    const traffic = await Traffic.of(page, host);
    await page.addInitScript(watch, subject.own.source);
    await page.goto(subject.url, { waitUntil: "commit" });
    const loaded = await settle(page, traffic, subject.url);
    if (!subject.next) return [loaded];

    await page.evaluate(watch, subject.next.own.source);
    await subject.next.act(page);
    return [loaded, await settle(page, traffic, subject.url)];
  } finally {
    await context.close();
  }
}

/** What a page asks for and complains of. */
class Traffic {
  bytes = 0;
  otherHosts = 0;
  consoleErrors = 0;
  hydrationErrors = 0;
  /** When the last answer had come, and how many are still to come. */
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
      // What is made in the page itself never ends.
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

  /** For how long nothing was on its way, in milliseconds. */
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

/** Waits until the page's own text is there and nothing is loaded or computed any more. */
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
