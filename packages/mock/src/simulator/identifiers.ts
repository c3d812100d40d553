import { createHash, randomUUID } from "node:crypto";

/**
 * Makes the identifiers that a caller left out.
 *
 * @param seed With one, the same identifiers come in the same order again.
 */
export function identifiers(seed: number | undefined): () => string {
  if (seed === undefined) return randomUUID;
  let made = 0;
  return () => {
    const hash = createHash("sha256").update(`${seed}/${made++}`).digest("hex");
    // The digits that say "version 4, random" of a GUID.
    return hash.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");
  };
}
