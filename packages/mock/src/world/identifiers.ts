import { createHash, randomUUID } from "node:crypto";

/**
 * Makes the identifiers that a caller left out.
 *
 * @param seed With one, the same identifiers come in the same order again.
 * @throws {RangeError} When the seed is not a whole number from 0 to 4294967295.
 */
export function identifiers(seed: number | undefined): () => string {
  if (seed === undefined) return randomUUID;
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)) {
    throw new RangeError(
      `A seed is a whole number from 0 to 4294967295, not ${JSON.stringify(seed)}`,
    );
  }
  let made = 0;
  return () => {
    const hash = createHash("sha256").update(`${seed}/${made++}`).digest("hex");
    // The digits that say "version 4, random" of a GUID.
    return hash.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");
  };
}
