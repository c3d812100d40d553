import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { serveStatic } from "@hono/node-server/serve-static";
import type { QualificationsClient } from "@partner-qualifications/client";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { About } from "../../src/shared/messages.ts";
import { contractRoutes } from "../../src/server/contract-routes.ts";
import { failureOf } from "../../src/server/failure.ts";
import { refuse, sameOrigin, securityHeaders } from "./guard.ts";
import type { Live } from "../../src/server/live.ts";
import type { Reviews } from "../../src/server/reviews.ts";
import type { ServiceClock } from "../../src/server/service-clock.ts";
import type { Showroom } from "./showroom.ts";

export interface AppParts {
  client: QualificationsClient;
  reviews: Reviews;
  clock: ServiceClock;
  live: Live;
  showroom: Showroom | undefined;
  about: About;
  publicUrl: string | undefined;
}

/** Far more than any request of the contract. */
const mostBytes = 16 * 1024;
const pages = new URL("../../dist/", import.meta.url);
const aPage = /^\/(customers\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/i;

/**
 * Creates the demo's own server. Its pages call `/api`; it passes on what the contract has, and nothing
 * else, with a credential that the browser never sees.
 */
export function createApp({ client, reviews, clock, live, showroom, about, publicUrl }: AppParts) {
  const app = new Hono();
  app.use(securityHeaders);
  app.get("/health", (c) => c.json({ status: "ok" }));
  app.use(sameOrigin(publicUrl));
  app.use(async (c, next) => {
    await next();
    // The names of assets change with their content. Pages name them, so those are validated.
    const isAsset = c.res.ok && c.req.path.startsWith("/assets/");
    const forPages = isAsset ? "public, max-age=31536000, immutable" : "no-cache";
    c.header("Cache-Control", c.req.path.startsWith("/api/") ? "no-store" : forPages);
  });
  const tooLarge = `A request has at most ${mostBytes / 1024} kB`;
  app.use(bodyLimit({ maxSize: mostBytes, onError: (c) => refuse(c, 413, tooLarge) }));

  app.route("/api/v1", contractRoutes(client, reviews, clock));
  app.get("/api/live", live.stream);
  app.get("/api/about", (c) => c.json(about));
  app.delete("/api/reviews/:customer_id/:qualification", async (c) => {
    await reviews.stop(c.req.param("customer_id"), c.req.param("qualification"));
    return c.body(null, 204);
  });
  showroom?.addRoutes(app);
  app.all("/api/*", (c) => refuse(c, 404, "Unknown operation"));

  app.use(serveStatic({ root: fileURLToPath(pages) }));
  app.get("*", async (c) => {
    if (c.req.path.startsWith("/assets/")) return c.notFound();
    // The page itself says what is wrong with an unknown address.
    const html = await readFile(new URL("index.html", pages), "utf8");
    return c.html(html, aPage.test(c.req.path) ? 200 : 404);
  });
  app.notFound((c) => refuse(c, 404, "Page not found"));
  app.onError((error, c) => {
    const { status, body } = failureOf(error);
    if (status === 500) console.error(error);
    return c.json(body, status as never);
  });
  return app;
}
