// One browser for all tests. Starting one costs a second of CPU time, and each test gets its own context
// anyway. As `globalSetup` of a vitest project, this module starts it; in a test, `connectBrowser`
// returns it.

import { type Browser, chromium } from "playwright-core";
import { inject } from "vitest";
import type { TestProject } from "vitest/node";
import { launchBrowserServer } from "./index.ts";

declare module "vitest" {
  interface ProvidedContext {
    browserEndpoint: string;
  }
}

export async function setup(project: TestProject) {
  const server = await launchBrowserServer();
  project.provide("browserEndpoint", server.wsEndpoint());
  return () => server.close();
}

/** Connects to the browser of this test run. Closing the connection closes its contexts, not the browser. */
export function connectBrowser(): Promise<Browser> {
  return chromium.connect(inject("browserEndpoint"));
}
