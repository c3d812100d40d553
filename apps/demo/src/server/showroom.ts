import { existsSync } from "node:fs";
import type { Hooks } from "@partner-qualifications/client";
import type { Hono } from "hono";
import type { Changes } from "./changes.ts";

/** What the folder `showroom` adds to the server. Without that folder the demo does the rest. */
export interface Showroom {
  /** Observes the calls to Partner Center. */
  hooks: Hooks;
  /** Adds routes below `/api`. */
  addRoutes(app: Hono): void;
  /** Returns what its part of the page has to show since a change. */
  since(change: number): unknown[];
  /** Whether a mock responds in place of Partner Center. */
  isMock(): Promise<boolean>;
}

export type CreateShowroom = (changes: Changes, baseUrl: string | undefined) => Showroom;

const entry = new URL("../../showroom/server/index.ts", import.meta.url);

/** Creates the showroom, if its folder exists. */
export async function loadShowroom(
  ...options: Parameters<CreateShowroom>
): Promise<Showroom | undefined> {
  if (!existsSync(entry)) return undefined;
  const { createShowroom } = (await import(entry.href)) as { createShowroom: CreateShowroom };
  return createShowroom(...options);
}
