import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { LiveMessage } from "../shared/messages.ts";
import type { Changes } from "./changes.ts";
import type { Follower } from "./follower.ts";
import type { Showroom } from "./showroom.ts";

/** Proxies close a connection on which nothing comes for long. */
const heartbeatMs = 15_000;
/** What changes within this time is told together. */
const gatherMs = 500;

/**
 * What is followed, and what the showroom adds, as server-sent events. Each message has what has
 * changed since the last one that the browser has seen, so a slow browser gets fewer of them, and one
 * that was away gets what it missed.
 */
export function liveRoute(changes: Changes, follower: Follower, showroom: Showroom | undefined) {
  return (c: Context) =>
    streamSSE(c, async (stream) => {
      const id = c.req.header("Last-Event-ID") ?? c.req.query("after") ?? "";
      let seen = positionIn(changes, id);
      await stream.write("retry: 1000\n\n");
      for (let isFirst = true; !stream.aborted; isFirst = false) {
        const upTo = changes.count;
        const message: LiveMessage = {
          isWhole: seen === 0,
          vettings: follower.since(seen),
          more: showroom?.since(seen) ?? [],
        };
        if (isFirst || message.vettings.length + message.more.length > 0) {
          await stream.writeSSE({ id: `${changes.epoch}.${upTo}`, data: JSON.stringify(message) });
        } else {
          await stream.write(": nothing new\n\n");
        }
        seen = upTo;
        await stream.sleep(gatherMs);
        await changes.after(seen, heartbeatMs);
      }
    });
}

/** The number of the last change that a browser has seen; 0 when it was of another process. */
function positionIn({ epoch, count }: Changes, id: string): number {
  const [of, number] = id.split(".");
  return of === epoch && /^\d+$/.test(number ?? "") ? Math.min(Number(number), count) : 0;
}
