import { budgets } from "@partner-qualifications/testing/measure";
import { printTable } from "../table.ts";
import { contenders } from "./contenders.ts";
import { importTimes, sizes, sizeWithHttp, touchedGlobals, typeCost } from "./footprint.ts";
import { inProcessCost } from "./in-process.ts";
import { onNodeTransport } from "./node-transport.ts";
import { methods } from "./sample.ts";
import { startServer, throughput } from "./throughput.ts";

const names = Object.keys(contenders);
interface Budget {
  must: number;
  aim: number;
}

const ratio = (figure: number) => `${figure.toFixed(2)}×`;
const whole = (figure: number) => Math.round(figure).toLocaleString("en");
const milliseconds = (figure: number) => figure.toFixed(1);

/** Compares the client with bare `fetch` and other clients. */
export async function run({ rounds = 9 }: { rounds?: number } = {}): Promise<void> {
  const rows: string[][] = [];
  const add = (
    measure: string,
    figures: Record<string, number>,
    show: (figure: number) => string,
    { must, aim }: Budget,
    sign: "≤" | "≥" = "≤",
  ) => {
    const meets = (limit: number) => {
      const figure = figures.ours ?? Number.NaN;
      return sign === "≤" ? figure <= limit : figure >= limit;
    };
    rows.push([
      measure,
      ...names.map((name) => (figures[name] === undefined ? "" : show(figures[name]))),
      `${sign} ${show(must)}`,
      `${sign} ${show(aim)}`,
      meets(aim) ? "aim" : meets(must) ? "must" : "missed",
    ]);
  };

  for (const method of methods) {
    const costs = await inProcessCost(contenders, method, rounds * 2);
    add(`${method}, cost in the process`, costs, ratio, budgets.inProcess[method]);
  }

  const withHttp = whole(await sizeWithHttp());
  const transport = await onNodeTransport();
  using server = await startServer();
  const all = { ...contenders, ...(transport && { transport }) };
  for (const method of methods) {
    const figures = await throughput(server.url, all, method, rounds);
    add(`${method}, throughput`, figures, ratio, budgets.throughput, "≥");
    const row = `${method}, throughput, Node transport`;
    if (transport) {
      add(row, { ours: figures.transport! }, ratio, budgets.throughputOnNode, "≥");
    } else {
      rows.push([row, ...names.map((name) => (name === "ours" ? "not built yet" : ""))]);
    }
  }

  add("Bytes, min+gzip", await sizes(), whole, budgets.gzip);
  rows.push(["… with /http", ...names.map((name) => (name === "ours" ? withHttp : ""))]);
  // Fewer processes would prove little: imports vary by a millisecond.
  const imports = await importTimes(Math.max(15, rounds));
  add("Import over an empty module, ms", imports, milliseconds, budgets.importTime);
  const touched = { ours: (await touchedGlobals()).length };
  add("Web globals touched by import", touched, whole, { must: 0, aim: 0 });
  const { domain, http } = await typeCost();
  add("Type instantiations, ten calls", { ours: domain }, whole, budgets.instantiations.domain);
  add("… through /http", { ours: http }, whole, budgets.instantiations.http);

  printTable(["", ...names, "Must", "Aim", "Reached"], rows);
  console.log(`
Cost and throughput are multiples of bare fetch, medians of ${rounds} rounds (cost: ${rounds * 2}) that take turns;
throughput is over loopback with 32 calls in flight. Ours has everything on.`);
}
