import { refuse } from "../../host/server/guard.ts";
import type { CreateShowroom } from "../../host/server/showroom.ts";
import { MockControl } from "./mock-control.ts";
import { Wire } from "./wire.ts";

/** The server's part of the showroom: the wire view's calls, and the control of the mock. */
export const createShowroom: CreateShowroom = (live, mockUrl) => {
  const { hooks, fetch } = new Wire(live);
  const control = mockUrl === undefined ? undefined : new MockControl(mockUrl);
  return {
    hooks,
    fetch,
    addRoutes(app) {
      app.all("/api/_mock/*", async (c) => {
        const path = c.req.path.slice("/api".length);
        const body = await c.req.text();
        const reply = await control?.forward(c.req.method, path, body).catch(() => "away" as const);
        if (reply === "away") return refuse(c, 502, "The mock does not respond");
        if (!reply) return refuse(c, 404, "Unknown operation");
        return c.json((await reply.json()) as never, reply.status as never);
      });
    },
  };
};
