import type { Contender } from "./contender.ts";
import { ours } from "./contenders.ts";

/** Our client on the Node transport, if this build has one. */
export async function onNodeTransport(): Promise<Contender | undefined> {
  // Not a literal, because the compiler would require the module.
  const name: string = "@partner-qualifications/client/node";
  const found = (await import(name).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ERR_PACKAGE_PATH_NOT_EXPORTED") return undefined;
    throw error;
  })) as { createNodeFetch: () => never } | undefined;
  if (!found) return undefined;
  const fetch = found.createNodeFetch();
  return (given) => ours({ ...given, fetch });
}
