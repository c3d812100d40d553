import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Contender } from "./client/contender.ts";

/** Where the peers stand: a project of its own, so that only who measures downloads them. */
export const peersFolder = fileURLToPath(new URL("../peers/", import.meta.url));

/** What `peers/clients.ts` exports. The compiler does not look into it: it is not always installed. */
interface PeerClients {
  kyClient: Contender;
  openai: Contender;
  resolve: (module: string) => string;
}

/**
 * Installs the peers, as their lockfile has them.
 *
 * @throws {Error} When there is no pnpm, which every script of this workspace has, or no network.
 */
export function installPeers(): void {
  const command = ["--dir", peersFolder, "install", "--frozen-lockfile"];
  try {
    // Progress is no result.
    execFileSync("pnpm", command, { stdio: ["ignore", process.stderr, process.stderr] });
  } catch (cause) {
    throw new Error("The peers could not be installed; run this as `pnpm bench`", { cause });
  }
}

/** The clients among the peers. */
export const importPeerClients = () => import(`${peersFolder}clients.ts`) as Promise<PeerClients>;
