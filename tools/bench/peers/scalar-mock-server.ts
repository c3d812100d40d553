// `node scalar.ts <contract> <port>`: @scalar/mock-server, set up by its guide. It validates requests.

import { readFileSync } from "node:fs";
import { serve } from "@hono/node-server";
import { createMockServer } from "@scalar/mock-server";

const [contract = "", port] = process.argv.slice(2);
const document = JSON.parse(readFileSync(contract, "utf8")) as Record<string, unknown>;
const app = await createMockServer({ document, logger: false });
serve({ fetch: app.fetch, port: Number(port), hostname: "127.0.0.1" });
