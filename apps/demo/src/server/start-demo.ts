import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { createQualificationsClient, type Credential } from "@partner-qualifications/client";
import { createApp } from "./app.ts";
import type { SampleCustomer } from "./sample-customer.ts";

export interface DemoOptions {
  /** The port to listen on; 0 takes a free one. */
  port?: number;
  /** Where Partner Center is. */
  baseUrl: string;
  /** What Partner Center accepts. It stays on this server. */
  credential: Credential;
  /** Customers that the page offers to pick. */
  sampleCustomers?: SampleCustomer[];
}

/**
 * Serves the demo on the loopback address.
 *
 * @throws {NodeJS.ErrnoException} `EADDRINUSE` when the port is taken.
 */
export async function startDemo({
  port = 0,
  baseUrl,
  credential,
  sampleCustomers = [],
}: DemoOptions) {
  const client = createQualificationsClient({
    baseUrl,
    credential,
    applicationName: "partner-qualifications-demo",
  });
  const server = createAdaptorServer(createApp(client, sampleCustomers)) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}
