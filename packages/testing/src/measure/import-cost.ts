import { execFile } from "node:child_process";
import { promisify } from "node:util";

const exec = promisify(execFile);

/** Runs a script in a fresh process and returns its JSON output. */
async function inFreshProcess<T>(script: string): Promise<T> {
  const { stdout } = await exec(process.execPath, ["--input-type=module", "--eval", script]);
  return JSON.parse(stdout) as T;
}

/** Returns the milliseconds that a fresh process takes to import a module. */
export function importTime(url: string): Promise<number> {
  return inFreshProcess<number>(`
    const start = performance.now();
    await import(${JSON.stringify(url)});
    console.log(performance.now() - start);
  `);
}

/** Globals that Node creates on first access, some of them in 33 to 53 ms. */
const lazy = [
  "fetch Request Response Headers FormData WebSocket EventSource",
  "ReadableStream WritableStream TransformStream CompressionStream",
  "Blob File crypto navigator MessageChannel BroadcastChannel",
].flatMap((names) => names.split(" "));

/** Returns the web globals that importing a module accesses, which it should not. */
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
