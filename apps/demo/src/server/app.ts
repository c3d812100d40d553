import { fileURLToPath } from "node:url";
import { serveStatic } from "@hono/node-server/serve-static";
import type { QualificationsClient } from "@partner-qualifications/client";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { About } from "../shared/about.ts";
import type { Changes } from "./changes.ts";
import { contractRoutes } from "./contract-routes.ts";
import { faultOf } from "./failure.ts";
import type { Follower } from "./follower.ts";
import { refuse, sameOrigin, securityHeaders } from "./guard.ts";
import { liveRoute } from "./live-route.ts";
import type { MockControl } from "../../showroom/server/mock-control.ts";
import { Requests } from "./requests.ts";
import type { Wire } from "../../showroom/server/wire.ts";

export interface AppParts {
  client: QualificationsClient;
  follower: Follower;
  wire: Wire;
  changes: Changes;
  mockControl: MockControl | undefined;
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
  const { client, follower, wire, changes, mockControl, partnerCenter } = parts;
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

  app.route("/api/v1", contractRoutes(client, new Requests(client, follower)));
  app.get("/api/live", liveRoute(changes, follower, wire));
  app.delete("/api/followed/:customer_id/:qualification", async (c) => {
    const { customer_id: customerId, qualification } = c.req.param();
    await follower.stop(customerId, qualification);
    return c.body(null, 204);
  });
  app.get("/api/about", async (c) => {
    const operations = (await mockControl?.operations()) ?? [];
    return c.json({ partnerCenter, mockControl: operations } satisfies About);
  });
  app.all("/api/_mock/*", async (c) => {
    const path = c.req.path.slice("/api".length);
    const body = await c.req.text();
    const answer = await mockControl
      ?.forward(c.req.method, path, body)
      .catch(() => "away" as const);
    if (answer === "away") return refuse(c, 502, "The mock does not answer");
    if (!answer) return refuse(c, 404, "There is no such thing here");
    return c.json((await answer.json()) as never, answer.status as never);
  });
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
    const { status, body } = faultOf(error);
    if (status === 500) console.error(error);
    return c.json(body, status as never);
  });
  return app;
}
