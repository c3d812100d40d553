import { createServer, connect, type AddressInfo, type Socket } from "node:net";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { startMock } from "@partner-qualifications/mock";
import { startPostgres } from "@partner-qualifications/testing/postgres";
import { expect, test } from "vitest";
import { customerId, makeFolder, run, start } from "./world.ts";
import { requestedOnce } from "./kills.ts";

/** A way to the database that can be cut. */
async function startWay(to: number) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const other = connect(to, "127.0.0.1");
    for (const one of [socket, other]) {
      sockets.add(one);
      one.on("error", () => {}).on("close", () => sockets.delete(one));
    }
    socket.pipe(other).pipe(socket);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

test(
  "requests each row once when a worker is killed and another is cut off",
  { timeout: 600_000 },
  async () => {
    const rows = 1000;
    await using postgres = await startPostgres();
    await using mock = await startMock({
      reviewTime: "PT2S",
      journalSize: 1_000_000,
      faults: [{ kind: "reset", only: "writes", count: rows / 10 }],
    });
    await using folder = await makeFolder();
    const way = await startWay(postgres.port);
    const file = await folder.write(
      "rows.csv",
      [
        "customerId,qualification,educationSegment",
        ...Array.from({ length: rows }, (_, at) => `${customerId(at)},Education,K12`),
      ].join("\n"),
    );
    const options = ["--base-url", mock.url, "--token", "any", "--rate", "100", "--lease", "8"];
    const first = start([
      "portfolio",
      "run",
      file,
      "--yes",
      "--database-url",
      postgres.url(),
      ...options,
    ]);
    const sent = (count: number) =>
      expect
        .poll(() => mock.control.journal({ after: 0, limit: 1_000_000 }).log.entries.length, {
          timeout: 120_000,
          interval: 20,
        })
        .toBeGreaterThan(count);
    await sent(50);
    const second = start(["worker", "--database-url", postgres.url(way.port), ...options]);
    await sleep(3000);
    await sent(300);
    first.kill("SIGKILL");
    way.cut();
    await Promise.all([first.ended, second.ended]);
    const last = await run([
      "worker",
      "--until-done",
      "--database-url",
      postgres.url(),
      ...options,
    ]);
    expect(last.code, last.err).toBe(0);
    requestedOnce(mock.control.journal({ after: 0, limit: 1_000_000 }), rows);
    const { out } = await run([
      "portfolio",
      "export",
      "--database-url",
      postgres.url(),
      "--format",
      "json",
    ]);
    const outcomes = (JSON.parse(out) as { outcome: string }[]).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(Array.from({ length: rows }, () => "Approved"));
  },
);

test("explains an unusable database", { timeout: 300_000 }, async () => {
  const { code, err } = await run([
    "portfolio",
    "status",
    "--database-url",
    "postgres://a:secret@127.0.0.1:1/x",
  ]);
  expect({ code, err }).toEqual({
    code: 2,
    err: expect.stringContaining("Cannot use the database postgres://127.0.0.1:1/x"),
  });
  expect(err).not.toContain("secret");
  await using postgres = await startPostgres();
  const { default: pg } = await import("pg");
  const client = new pg.Client(postgres.url());
  await client.connect();
  const status = () => run(["portfolio", "status", "--database-url", postgres.url()]);
  try {
    await client.query("create schema qualifications");
    expect(await status()).toMatchObject({
      code: 2,
      err: expect.stringContaining("belongs to another application"),
    });
    await client.query("create table qualifications.meta (key text, value text)");
    await client.query(
      "insert into qualifications.meta values ('application', 'partner-qualifications'), ('version', '99')",
    );
    expect(await status()).toMatchObject({
      code: 2,
      err: expect.stringContaining("newer than this command"),
    });
    await client.query("update qualifications.meta set value = '0' where key = 'version'");
    expect(await status()).toMatchObject({
      code: 2,
      err: expect.stringContaining("older than this command"),
    });
  } finally {
    await client.end();
  }
});
