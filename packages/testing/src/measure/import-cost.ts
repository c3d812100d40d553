import { execFile } from "node:child_process";
import { promisify } from "node:util";

const exec = promisify(execFile);

/** What a process of its own prints as JSON. */
async function inFreshProcess<T>(script: string): Promise<T> {
  const { stdout } = await exec(process.execPath, ["--input-type=module", "--eval", script]);
  return JSON.parse(stdout) as T;
}

/** Milliseconds that a fresh process takes to import a module. */
export function importTime(url: string): Promise<number> {
  return inFreshProcess<number>(`
    const start = performance.now();
    await import(${JSON.stringify(url)});
    console.log(performance.now() - start);
  `);
}

/** Globals that Node makes on their first touch, some of them in 33 to 53 ms. */
const lazy = [
  "fetch Request Response Headers FormData WebSocket EventSource",
  "ReadableStream WritableStream TransformStream CompressionStream",
  "Blob File crypto navigator MessageChannel BroadcastChannel",
].flatMap((names) => names.split(" "));

/** The names of the web's globals that importing a module touches, which it should leave alone. */
export function globalsTouchedByImport(url: string): Promise<string[]> {
  return inFreshProcess<string[]>(`
    const touched = new Set();
    for (const name of ${JSON.stringify(lazy)}) {
      const { get, value } = Object.getOwnPropertyDescriptor(globalThis, name) ?? {};
      Object.defineProperty(globalThis, name, {
        get() {
          touched.add(name);
          return get ? get.call(globalThis) : value;
        },
      });
    }
    await import(${JSON.stringify(url)});
    console.log(JSON.stringify([...touched]));
  `);
}
