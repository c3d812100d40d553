import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Call, Contender } from "./contender.ts";
import { interleave } from "./interleave.ts";
import type { Method } from "./sample.ts";

const calls = 480;
const inFlight = 32;

/** Measures calls per second over loopback, as multiples of bare `fetch`. */
export async function throughput(
  baseUrl: string,
  contenders: Record<string, Contender>,
  method: Method,
  rounds: number,
): Promise<Record<string, number>> {
  const times = await interleave(
    Object.fromEntries(
      Object.entries(contenders).map(([name, create]) => {
        const call = create({ baseUrl })[method];
        return [name, () => Promise.all(Array.from({ length: inFlight }, () => worker(call)))];
      }),
    ),
    rounds,
  );
  return Object.fromEntries(Object.entries(times).map(([name, time]) => [name, 1 / time]));
}

async function worker(call: Call): Promise<void> {
  for (let count = 0; count < calls / inFlight; count += 1) await call();
}

/** Starts the server for all contenders. */
export async function startServer() {
  const child = spawn(process.execPath, [join(import.meta.dirname, "server.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return { url: String(line).trim(), [Symbol.dispose]: () => void child.kill() };
}
