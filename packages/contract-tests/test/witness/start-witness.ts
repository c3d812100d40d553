import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";

const require = createRequire(import.meta.url);

/** A proxy that looks at all that goes through it. */
export interface Witness extends AsyncDisposable {
  url: string;
  /**
   * Stops it, and tells all that it has found.
   *
   * @param expected How many findings to wait for: it answers first and tells afterwards, in order. So
   *   whoever has it find something at last knows that nothing from before is still to be told.
   */
  close(expected?: number): Promise<string[]>;
}

/** Ends Prism when this process is gone, even by SIGKILL: its standard input is then closed. */
const leash =
  "--import=data:text/javascript,process.stdin.on('end',()=>process.exit()).resume().unref()";

/**
 * Starts the `prism proxy --errors` command, as its makers publish it, on the contract.
 *
 * @param upstream What it stands before.
 * @throws {Error} With what it said, when it does not start.
 */
export async function startWitness(upstream: string): Promise<Witness> {
  const command = require.resolve("@stoplight/prism-cli/dist/index.js");
  const contract = require.resolve("@partner-qualifications/spec/openapi.json");
  const options = ["--errors", "--cors", "false", "--host", "127.0.0.1", "--port", "0"];
  const prism = spawn(process.execPath, [leash, command, "proxy", ...options, contract, upstream], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" },
  });
  const lines: string[] = [];
  const ended = new Promise<void>((resolve) => prism.once("close", () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [prism.stdout, prism.stderr]) {
      createInterface(stream).on("line", (text) => {
        const line = stripVTControlCharacters(text).trim();
        if (line !== "") lines.push(line);
        const [, address] = /Prism is listening on (\S+)/.exec(line) ?? [];
        if (address !== undefined) resolve(address);
      });
    }
    void ended.then(() => reject(new Error(`Prism did not start:\n${lines.join("\n")}`)));
  });
  const close = async (expected = 0) => {
    const patience = Date.now() + 30_000;
    while (lines.filter(isFinding).length < expected && Date.now() < patience) await sleep(20);
    prism.kill();
    await ended;
    return lines.filter(isFinding);
  };
  return {
    url,
    close,
    async [Symbol.asyncDispose]() {
      await close();
    },
  };
}

/** Prism tells what it has to say of a request or an answer as an error or a warning. */
function isFinding(line: string): boolean {
  return !/› .* (info|awaiting|start) /.test(line);
}
