/** A replacement in Redoc's bundle, with the number of matches when it was written. */
export interface Replacement {
  /** What it does, for the message when it no longer can. */
  what: string;
  find: string | RegExp;
  put: string;
  times: number;
}

/**
 * Makes the replacements one after the other.
 *
 * @throws {Error} When a replacement has another number of matches: the bundle is a new one that needs a
 *   review.
 */
export function replace(text: string, replacements: readonly Replacement[]): string {
  let result = text;
  for (const { what, find, put, times } of replacements) {
    const parts = result.split(find);
    if (parts.length - 1 !== times) {
      throw new Error(
        `Redoc's bundle: to ${what}, ${times} × ${String(find)} was expected and ` +
          `${parts.length - 1} found. Review the new bundle, then fix the replacement.`,
      );
    }
    result = parts.join(put);
  }
  return result;
}
