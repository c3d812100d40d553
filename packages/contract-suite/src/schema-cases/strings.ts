import { isObject, type Json, numberAt, type Schema } from "@partner-qualifications/spec/model";
import * as fc from "fast-check";

/** Valid strings of a format, including unusual ones. */
const ofFormat: Record<string, string[]> = {
  uuid: [
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "9DAAEB1C-4195-4DB5-9F1D-509EB70C8C2D",
  ],
  "date-time": [
    "2020-12-04T20:54:24Z",
    "2021-05-06T19:59:56.6832021+00:00",
    "2024-02-29T23:59:59.999-11:30",
  ],
  date: ["2020-12-04", "2024-02-29"],
  time: ["00:00:00Z", "23:59:59.5+01:00"],
  email: ["a@example.com"],
  hostname: ["example.edu"],
  ipv4: ["127.0.0.1", "255.255.255.255"],
  ipv6: ["::1", "2001:db8::ff00:42:8329"],
  uri: ["https://example.edu/a?b#c"],
};

const surrogates = 0x800;
const codePoints = 0x11_0000 - surrogates;

/**
 * Draws any Unicode character, and shrinks it to `a`. fast-check's `binary` unit does the same, but
 * first builds a table of a million characters, which takes seconds.
 */
export const codePoint: fc.Arbitrary<string> = fc.nat(codePoints - 1).map(
  (drawn) => {
    const index = (drawn + 0x61) % codePoints;
    return String.fromCodePoint(index < 0xd800 ? index : index + surrogates);
  },
  (text) => {
    const code = typeof text === "string" ? (text.codePointAt(0) ?? 0) : 0;
    const index = code < 0xd800 ? code : code - surrogates;
    return (index - 0x61 + codePoints) % codePoints;
  },
);

/** Maximum length; longer ones are not worth their bytes. */
const longest = 100_000;

/** Returns strings that are likely valid: of a format or pattern, as short and as long as possible. */
export function stringCandidates(schema: Schema): string[] {
  const { format, pattern } = schema;
  const least = numberAt(schema, "minLength") ?? 0;
  const most = numberAt(schema, "maxLength") ?? least + 16;
  // Lengths are counted in code points: the last filler is two UTF-16 units.
  const fillers = ["a", "0", "\u{1d11e}"];
  const lengths = [least, least + 1, most - 1, most].filter((length) => length <= longest);
  return [
    ...(typeof format === "string" ? (ofFormat[format] ?? []) : []),
    ...(typeof pattern === "string" ? samplesOf(pattern) : []),
    ...fillers.flatMap((one) => longestJson(schema, most, one)),
    ...lengths.flatMap((length) => fillers.map((one) => one.repeat(length))),
  ];
}

/** Returns the example of a JSON text with each member in turn as long as the whole may be. */
function longestJson(schema: Schema, most: number, filler: string): string[] {
  const { contentMediaType, example } = schema;
  if (contentMediaType !== "application/json" || typeof example !== "string") return [];
  const value = JSON.parse(example) as Json;
  if (!isObject(value) || most > longest) return [];
  const room = most - [...example].length;
  return Object.entries(value).flatMap(([name, text]) =>
    typeof text === "string" && room > 0
      ? [JSON.stringify({ ...value, [name]: text + filler.repeat(room) })]
      : [],
  );
}

/** Returns strings that a pattern, a format or a length likely rejects, with the keyword. */
export function brokenStrings(schema: Schema, valid: string[]): [keyword: string, value: string][] {
  const least = numberAt(schema, "minLength");
  const most = numberAt(schema, "maxLength");
  const [some = "a"] = valid;
  const broken: [string, string][] = [];
  if (least !== undefined && least > 0) {
    broken.push(["minLength", [...some].slice(0, least - 1).join("")]);
  }
  if (most !== undefined && most <= longest) {
    for (const one of ["a", "0", [...some].at(-1) ?? "a"]) {
      const filled = [...some, ...Array.from({ length: most + 1 }, () => one)];
      broken.push(["maxLength", filled.slice(0, most + 1).join("")]);
    }
  }
  const shape = ["pattern", "format"].filter((keyword) => keyword in schema);
  for (const keyword of shape) {
    const [first = ""] = valid;
    const spoiled = [`{${first}}`, `${first}x`, first.slice(1), `${first}é`, "", "not it"];
    broken.push(...spoiled.map((value): [string, string] => [keyword, value]));
  }
  return broken;
}

const samples = new Map<string, string[]>();

/** Cached: generating them takes much longer than sending them. */
function samplesOf(pattern: string): string[] {
  const known = samples.get(pattern);
  if (known) return known;
  const made = fc.sample(fc.stringMatching(new RegExp(pattern, "u")), { numRuns: 5, seed: 1 });
  samples.set(pattern, made);
  return made;
}
