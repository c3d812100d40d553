/** A replacement in somebody else's text, which is made as often as it was when it was looked at. */
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
 * @throws {Error} When one of them matches another number of times than it should: the text is a new
 *   one, and has to be looked at again.
 */
export function replace(text: string, replacements: readonly Replacement[]): string {
  let result = text;
  for (const { what, find, put, times } of replacements) {
    const parts = result.split(find);
    if (parts.length - 1 !== times) {
      throw new Error(
        `Redoc's bundle: to ${what}, ${times} × ${String(find)} was expected and ` +
          `${parts.length - 1} found. Look at the new bundle, then mend the replacement.`,
      );
    }
    result = parts.join(put);
  }
  return result;
}
