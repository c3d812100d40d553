import { existsSync } from "node:fs";
import type { Fetch, Hooks } from "@partner-qualifications/client";
import type { Hono } from "hono";
import type { Live } from "../../src/server/live.ts";

/** What the folder `showroom` adds to the server. The demo works without that folder. */
export interface Showroom {
  /** Observes the calls to Partner Center. */
  hooks: Hooks;
  /** Sends the requests, and records them. */
  fetch: Fetch;
  /** Adds routes below `/api`. */
  addRoutes(app: Hono): void;
}

export type CreateShowroom = (live: Live, mockUrl: string | undefined) => Showroom;

const entry = new URL("../../showroom/server/index.ts", import.meta.url);

/** Creates the showroom, if its folder exists. */
export async function loadShowroom(...options: Parameters<CreateShowroom>) {
  if (!existsSync(entry)) return undefined;
  const { createShowroom } = (await import(entry.href)) as { createShowroom: CreateShowroom };
  return createShowroom(...options);
}
