import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";

const require = createRequire(import.meta.url);

/** A validating proxy. */
export interface Witness extends AsyncDisposable {
  url: string;
  /**
   * Stops it and returns all findings.
   *
   * @param expected Number of findings to wait for. Prism answers first and reports afterwards, in
   * order, so after the last one expected, none is pending.
   */
  close(expected?: number): Promise<string[]>;
}

/** Stops Prism when this process ends, even by SIGKILL: its standard input is then closed. */
const leash =
  "--import=data:text/javascript,process.stdin.on('end',()=>process.exit()).resume().unref()";

/**
 * Starts the published `prism proxy --errors` command on the contract.
 *
 * @param upstream The server behind the proxy.
 * @throws {Error} With Prism's output, if it does not start.
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

/** Prism logs findings as errors or warnings. */
function isFinding(line: string): boolean {
  return !/› .* (info|awaiting|start) /.test(line);
}
