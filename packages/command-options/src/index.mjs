// Plain JavaScript without dependencies: `start` reads its options on a new machine before anything is installed.
// Commands that are published bundle it.

import { parseArgs } from "node:util";

/** @typedef {NonNullable<import("node:util").ParseArgsConfig["options"]>} Options */

/**
 * Parses the arguments of a command, as `parseArgs` does.
 *
 * @template {Options} T
 * @param {string[]} args
 * @param {T} options
 * @throws {Error} For an unknown option, naming the nearest one; for a value that is missing or not wanted; and for an
 *   argument that is not an option. The message is one line.
 */
export function readArguments(args, options) {
  return parse(args, options, false).values;
}

/**
 * Parses the arguments of a command that runs the parts they name, such as `bench client --rounds 5`.
 *
 * @template {Options} T
 * @param {string[]} args
 * @param {T} options
 * @param {readonly string[]} parts The names of all parts.
 * @returns The values of the options, and the named parts.
 * @throws {Error} As `readArguments`; and for an unknown part, with the nearest one. The message is one line.
 */
export function readParts(args, options, parts) {
  const { values, positionals } = parse(args, options, true);
  const unknown = positionals.find((name) => !parts.includes(name));
  if (unknown === undefined) return { values, parts: positionals };
  const meant = nearest(unknown, parts);
  const advice =
    meant === undefined ? `The parts are ${parts.join(", ")}.` : `Did you mean ${meant}?`;
  throw new Error(`${unknown} is not a part. ${advice}`);
}

/**
 * @template {Options} T
 * @param {string[]} args
 * @param {T} options
 * @param {boolean} allowPositionals
 */
function parse(args, options, allowPositionals) {
  try {
    return parseArgs({ args, options, allowPositionals });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [, unknown] = /^Unknown option '(-[^']*)'/.exec(message) ?? [];
    if (unknown === undefined) {
      // Of several sentences, the first says what is wrong.
      throw new Error(`${message.split(/\. |\n/)[0]?.replace(/\.$/, "")}. See --help.`, {
        cause: error,
      });
    }
    const written = unknown.replace(/^-+/, "");
    const names = Object.keys(options);
    const meant =
      nearest(written, names) ??
      (written.length > 2 ? names.find((name) => name.startsWith(written)) : undefined);
    const advice = meant === undefined ? "See --help." : `Did you mean --${meant}?`;
    throw new Error(`${unknown} is not an option. ${advice}`, { cause: error });
  }
}

/**
 * Returns the name that was probably meant: the one that differs least, not counting case.
 *
 * @param {string} written
 * @param {readonly string[]} names
 * @param {number} [most] How many letters may be added, removed or replaced; `tolerance` if left out.
 */
export function nearest(written, names, most = tolerance(written)) {
  let best = /** @type {{ name: string | undefined, distance: number }} */ ({
    name: undefined,
    distance: most + 1,
  });
  for (const name of names) {
    // Names of other lengths are further away, however they are spelled.
    if (Math.abs(name.length - written.length) >= best.distance) continue;
    const distance = distanceOf(written, name);
    if (distance < best.distance) best = { name, distance };
  }
  return best.name;
}

/**
 * Returns how many letters may differ before another word was meant: a third of them, and three at most.
 *
 * @param {string} word
 */
export function tolerance(word) {
  return Math.min(3, Math.ceil(word.length / 3));
}

/**
 * Returns how many letters must be added, removed or replaced to turn one text into the other, not counting case.
 *
 * @param {string} one
 * @param {string} other
 */
export function distanceOf(one, other) {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = /** @type {number} */ (row[j - 1]) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const removed = /** @type {number} */ (row[j]) + 1;
      next.push(Math.min(replaced, removed, /** @type {number} */ (next[j - 1]) + 1));
    }
    row = next;
  }
  return /** @type {number} */ (row[b.length]);
}
