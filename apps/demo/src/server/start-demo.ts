import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import {
  createQualificationsClient,
  type Credential,
  type PollInterval,
} from "@partner-qualifications/client";
import { createApp } from "./app.ts";
import { Changes } from "./changes.ts";
import { Follower } from "./follower.ts";
import { Requests } from "./requests.ts";
import { loadShowroom } from "./showroom.ts";
import { VettingStore } from "./vetting-store.ts";

export interface DemoOptions {
  /**
   * The port to listen on; 0 takes a free one.
   *
   * @default 0
   */
  port?: number;
  /**
   * The address to listen on.
   *
   * @default "127.0.0.1"
   */
  host?: string;
  /** Where a proxy shows the demo to its users, if one does. */
  publicUrl?: string | undefined;
  /**
   * Where the mock is.
   *
   * @default Partner Center itself
   */
  baseUrl?: string | undefined;
  /** Which Partner Center to speak to: `china` is the one operated by 21Vianet. */
  environment?: "global" | "china" | undefined;
  /** What Partner Center accepts. It stays on this server. */
  credential: Credential;
  /** Where to keep what is followed; without it, nothing outlives the process. */
  stateFile?: string | undefined;
}

/** A mock decides in seconds, and nobody minds how often it is asked. */
const mockInterval: PollInterval = { initialMs: 1000, maxMs: 1000 };

/**
 * Serves the demo.
 *
 * @throws {NodeJS.ErrnoException} `EADDRINUSE` when the port is taken.
 * @throws {Error} When the file of what is followed cannot be read.
 */
export async function startDemo(options: DemoOptions) {
  const { port = 0, host = "127.0.0.1", publicUrl, credential, stateFile } = options;
  const { baseUrl, environment = "global" } = options;
  const changes = new Changes();
  const showroom = await loadShowroom(changes, baseUrl);
  const client = createQualificationsClient({
    baseUrl,
    environment,
    credential,
    applicationName: "partner-qualifications-demo",
    hooks: showroom?.hooks,
  });
  const partnerCenter = baseUrl === undefined ? environment : new URL(baseUrl).host;
  const store = new VettingStore(stateFile, baseUrl ?? environment);
  const follower = new Follower({
    client,
    store,
    changes,
    interval: async () => ((await showroom?.isMock()) ? mockInterval : {}),
  });
  const requests = new Requests({ client, follower, store });
  const app = createApp({
    client,
    follower,
    requests,
    changes,
    showroom,
    partnerCenter,
    publicUrl,
  });
  // Before anybody is let in: what they ask would take the place of what is not read yet.
  const stored = await store.load();
  follower.load(stored.vettings);
  requests.load(stored.requests);
  const server = createAdaptorServer(app) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  // Once the port is ours, so that a demo which runs already is the only one that looks.
  follower.resume();
  requests.resume();
  const { address, family, port: listening } = server.address() as AddressInfo;
  return {
    url: `http://${family === "IPv6" ? `[${address}]` : address}:${listening}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      requests.close();
      await follower.close();
    },
  };
}
