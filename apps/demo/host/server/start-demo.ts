import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { createQualificationsClient, type Credential } from "@partner-qualifications/client";
import { createApp } from "./app.ts";
import { Live } from "../../src/server/live.ts";
import { ReviewStore } from "../../src/server/review-store.ts";
import { Reviews } from "../../src/server/reviews.ts";
import { ServiceClock } from "../../src/server/service-clock.ts";
import { loadShowroom } from "./showroom.ts";

export interface DemoOptions {
  /** The port to listen on; 0, the default, takes a free one. */
  port?: number;
  /** The address to listen on, by default `127.0.0.1`. */
  host?: string;
  /** The address at which a proxy shows the demo to its users, if there is a proxy. */
  publicUrl?: string | undefined;
  /** The address of the mock; without it, the demo calls Partner Center. */
  baseUrl?: string | undefined;
  /** Which Partner Center to call: `china` is the one that 21Vianet operates. */
  environment?: "global" | "usGovernment" | "china" | undefined;
  /** What Partner Center accepts. It stays on this server. */
  credential: Credential;
  /** Where the requests and reviews are stored; without it, they end with the process. */
  stateFile?: string | undefined;
  /** The address of the docs, which errors link to. */
  docsUrl?: string | undefined;
}

/**
 * Serves the demo.
 *
 * @throws {NodeJS.ErrnoException} `EADDRINUSE` if the port is in use.
 * @throws {Error} If the stored reviews cannot be read.
 */
export async function startDemo(options: DemoOptions) {
  const { port = 0, host = "127.0.0.1", publicUrl, credential, stateFile, docsUrl } = options;
  const { baseUrl, environment = "global" } = options;
  const live = new Live();
  const clock = new ServiceClock();
  const showroom = await loadShowroom(live, baseUrl);
  const client = createQualificationsClient({
    baseUrl,
    environment,
    credential,
    applicationName: "partner-qualifications-demo",
    fetch: clock.watch(showroom?.fetch ?? fetch),
    hooks: showroom?.hooks,
    // A browser waits for the answer meanwhile.
    auditWaitMs: 10_000,
    docsBase: docsUrl && `${docsUrl}/errors`,
  });
  const store = new ReviewStore(stateFile, baseUrl ?? environment);
  // The mock decides within seconds.
  const interval = baseUrl === undefined ? {} : { initialMs: 1000, maxMs: 1000 };
  const reviews = new Reviews({ client, store, live, clock, interval });
  const partnerCenter = baseUrl === undefined ? environment : new URL(baseUrl).host;
  const about = { partnerCenter, isMock: baseUrl !== undefined, docsUrl };
  const app = createApp({ client, reviews, clock, live, showroom, about, publicUrl });
  // Before the first request, which would replace what is not loaded yet.
  reviews.load(await store.load());
  const server = createAdaptorServer(app) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  // After the port is taken, so that a demo that runs already is the only one that polls.
  reviews.resume();
  const { address, family, port: listening } = server.address() as AddressInfo;
  return {
    url: `http://${family === "IPv6" ? `[${address}]` : address}:${listening}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await reviews.close();
    },
  };
}
