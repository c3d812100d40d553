import { fileURLToPath } from "node:url";
import { serveStatic } from "@hono/node-server/serve-static";
import type { QualificationsClient } from "@partner-qualifications/client";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { About } from "../shared/messages.ts";
import type { Changes } from "./changes.ts";
import { contractRoutes } from "./contract-routes.ts";
import { failureOf } from "./failure.ts";
import type { Follower } from "./follower.ts";
import { refuse, sameOrigin, securityHeaders } from "./guard.ts";
import { liveRoute } from "./live-route.ts";
import type { Requests } from "./requests.ts";
import type { Showroom } from "./showroom.ts";

export interface AppParts {
  client: QualificationsClient;
  follower: Follower;
  requests: Requests;
  changes: Changes;
  showroom: Showroom | undefined;
  partnerCenter: string;
  publicUrl: string | undefined;
}

/** Far more than any request of the contract. */
const mostBytes = 16 * 1024;
const pages = fileURLToPath(new URL("../../dist/", import.meta.url));

/**
 * The demo's own server. The browser speaks the contract with it, under `/api`; it passes on what the
 * contract has, and nothing else, with a credential that the browser never sees.
 */
export function createApp(parts: AppParts) {
  const { client, follower, requests, changes, showroom, partnerCenter } = parts;
  const app = new Hono();
  app.use(securityHeaders);
  app.get("/health", (c) => c.json({ status: "ok" }));
  app.use(sameOrigin(parts.publicUrl));
  app.use("/api/*", async (c, next) => {
    c.header("Cache-Control", "no-store");
    await next();
  });
  app.use(
    bodyLimit({
      maxSize: mostBytes,
      onError: (c) => refuse(c, 413, `A request has at most ${mostBytes / 1024} kB`),
    }),
  );

  app.route("/api/v1", contractRoutes(client, requests));
  app.get("/api/live", liveRoute(changes, follower, showroom));
  app.delete("/api/followed/:customer_id/:qualification", async (c) => {
    const { customer_id: customerId, qualification } = c.req.param();
    await follower.stop(customerId, qualification);
    return c.body(null, 204);
  });
  app.get("/api/about", async (c) => {
    const isMock = (await showroom?.isMock()) ?? false;
    return c.json({ partnerCenter, isMock } satisfies About);
  });
  showroom?.addRoutes(app);
  app.all("/api/*", (c) => refuse(c, 404, "There is no such thing here"));

  app.use("/assets/*", async (c, next) => {
    await next();
    // Their names change with their content.
    if (c.res.ok) c.header("Cache-Control", "public, max-age=31536000, immutable");
  });
  app.use(async (c, next) => {
    await next();
    // The page names the assets, so it is asked for anew.
    if (!c.res.headers.has("Cache-Control")) c.header("Cache-Control", "no-cache");
  });
  app.use(serveStatic({ root: pages }));
  app.get("/customers/:customer_id", serveStatic({ root: pages, path: "index.html" }));
  app.notFound((c) => refuse(c, 404, "There is no such page"));

  app.onError((error, c) => {
    const { status, body } = failureOf(error);
    if (status === 500) console.error(error);
    return c.json(body, status as never);
  });
  return app;
}
