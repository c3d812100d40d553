import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Contender } from "./client/contender.ts";

/** Folder of the peers, a separate project, so that only benchmarks download them. */
export const peersFolder = fileURLToPath(new URL("../peers/", import.meta.url));

/** The exports of `peers/clients.ts`, which is not always installed, so the compiler ignores it. */
interface PeerClients {
  kyClient: Contender;
  openai: Contender;
  resolve: (module: string) => string;
}

/**
 * Installs the peers from their lockfile.
 *
 * @throws {Error} When pnpm or the network is missing.
 */
export function installPeers(): void {
  const command = ["--dir", peersFolder, "install", "--frozen-lockfile"];
  try {
    // Progress goes to standard error.
    execFileSync("pnpm", command, { stdio: ["ignore", process.stderr, process.stderr] });
  } catch (cause) {
    throw new Error("The peers could not be installed. Run this as `pnpm bench`", { cause });
  }
}

/** Imports the clients among the peers. */
export const importPeerClients = () => import(`${peersFolder}clients.ts`) as Promise<PeerClients>;
