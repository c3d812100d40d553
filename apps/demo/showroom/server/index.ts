import type { CreateShowroom } from "../../src/server/showroom.ts";
import { refuse } from "../../src/server/guard.ts";
import { MockControl } from "./mock-control.ts";
import { Wire } from "./wire.ts";

/** The server's part of the showroom: the wire view's calls and the control of the mock. */
export const createShowroom: CreateShowroom = (changes, baseUrl) => {
  const wire = new Wire(changes);
  // Partner Center itself is not asked whether it is a mock.
  const control = baseUrl === undefined ? undefined : new MockControl(baseUrl);
  return {
    hooks: wire.hooks,
    since: (change) => wire.since(change),
    isMock: async () => (await control?.isThere()) ?? false,
    addRoutes(app) {
      app.all("/api/_mock/*", async (c) => {
        const path = c.req.path.slice("/api".length);
        const body = await c.req.text();
        const answer = await control
          ?.forward(c.req.method, path, body)
          .catch(() => "away" as const);
        if (answer === "away") return refuse(c, 502, "The mock does not answer");
        if (!answer) return refuse(c, 404, "There is no such thing here");
        return c.json((await answer.json()) as never, answer.status as never);
      });
    },
  };
};
