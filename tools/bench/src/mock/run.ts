import { median, printTable } from "../table.ts";
import { load } from "./load.ts";
import { RunningServer } from "./running-server.ts";
import { mock, peers, type ServerCommand } from "./servers.ts";

const rounds = 3;
const many = 100_000;
const few = 10;

/** Compares the mock with other mocks, each in its own process, in turns. */
export async function run(): Promise<void> {
  const servers = [mock, ...peers];
  const starts = new Map(servers.map((server) => [server, [] as number[]]));
  const gets = new Map(servers.map((server) => [server, [] as number[]]));
  const posts = new Map(servers.map((server) => [server, [] as number[]]));
  const memory = new Map<ServerCommand, number>();

  for (let round = 0; round < rounds; round++) {
    for (const command of servers) {
      await using server = await RunningServer.start(command);
      const { url } = server;
      starts.get(command)?.push(server.startMs);
      // An unmeasured warm-up.
      await load({ url, method: "GET", first: 0, customers: few, duration: 4 });
      gets.get(command)?.push(await load({ url, method: "GET", first: 0, customers: few }));
      posts.get(command)?.push(await load({ url, method: "POST", first: few, customers: 60_000 }));
    }
  }
  for (const command of [mock, ...peers.slice(0, 1)]) {
    await using server = await RunningServer.start(command);
    await load({ url: server.url, method: "POST", first: 0, customers: many, amount: many });
    memory.set(command, server.rss());
  }

  const [, prism] = servers as [ServerCommand, ServerCommand];
  const beside = (values: Map<ServerCommand, number[]>, server: ServerCommand) =>
    `${(middle(values, server) / middle(values, prism)).toFixed(2)}×`;
  printTable(
    ["", "GET/s", "× prism", "POST/s", "× prism", "start ms", "× prism", `MB after ${many} POST`],
    servers.map((server) => [
      server.name,
      middle(gets, server).toFixed(0),
      beside(gets, server),
      middle(posts, server).toFixed(0),
      beside(posts, server),
      middle(starts, server).toFixed(0),
      beside(starts, server),
      memory.get(server)?.toFixed(0) ?? "",
    ]),
  );
  console.log(
    `\nA GET with ${many} customers in state: ${await costOfMany()}× its cost with ${few}.`,
  );
}

function middle(values: Map<ServerCommand, number[]>, server: ServerCommand): number {
  return median(values.get(server) ?? []);
}

/** Compares the cost of a GET among many customers with that among few, in turns. */
async function costOfMany(): Promise<string> {
  await using full = await RunningServer.start(mock);
  await using empty = await RunningServer.start(mock);
  const fill = { method: "POST", first: 0 } as const;
  await load({ ...fill, url: full.url, customers: many, amount: many });
  await load({ ...fill, url: empty.url, customers: few, amount: few });
  const ratios: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const get = { method: "GET", first: 0 } as const;
    const ofMany = await load({ ...get, url: full.url, customers: many });
    const ofFew = await load({ ...get, url: empty.url, customers: few });
    // The first round is a warm-up.
    if (round > 0) ratios.push(ofFew / ofMany);
  }
  return median(ratios).toFixed(2);
}
