import { existsSync, readdirSync, readFileSync } from "node:fs";
import { document } from "@partner-qualifications/spec/model";
import { expect, test } from "vitest";
import { parse } from "yaml";

const root = new URL("../", import.meta.url);
const read = <T>(name: string) => parse(readFileSync(new URL(name, root), "utf8")) as T;
const { sources, facts } = read<{
  sources: Record<string, { title: string; address: string; dated: string; read: string }>;
  facts: Record<string, { source: string; at: string; says: string }>;
}>("evidence.yaml");
const contradictions =
  read<Record<string, { matter: string; one: string; other: string; taken: string }>>(
    "contradictions.yaml",
  );

/** A place is a name; a reason is a sentence. */
const isPlace = (text: string) => !text.includes(" ");

// A lint rule (plugins/sources-named.js) checks that every key in the contract exists, and that every
// entry is mentioned there.

test("has a source and a place for every fact", () => {
  for (const [key, { source, at, says }] of Object.entries(facts)) {
    expect(sources, key).toHaveProperty(source);
    expect(at && says, key).toBeTruthy();
  }
});

test("has an address, both dates and a fact for every source", () => {
  const texts = JSON.stringify([facts, contradictions]);
  for (const [key, source] of Object.entries(sources)) {
    expect(source, key).toEqual({
      title: expect.any(String),
      address: expect.stringMatching(/^https:/),
      dated: expect.any(String),
      read: "2026-11-22",
    });
    expect(texts).toMatch(new RegExp(`\\b${key}\\b`));
  }
});

test("has two sides and a choice for every contradiction", () => {
  const numbers = Array.from({ length: 38 }, (_, index) => `C${index + 1}`);
  numbers.splice(5, 0, "C5b");
  expect(Object.keys(contradictions)).toEqual(numbers);
  for (const entry of Object.values(contradictions)) {
    expect(Object.keys(entry)).toEqual(["matter", "one", "other", "taken"]);
  }
});

/** Number of lines in each section of the collected facts; 8 and 9 have separate files. */
const collected = Object.entries({
  "0": 22,
  "1": 12,
  "1a": 5,
  "1b": 7,
  "2a": 19,
  "2b": 1,
  "2c": 5,
  "2d": 2,
  "3a": 7,
  "3b": 6,
  "3c": 7,
  "3d": 1,
  "3e": 1,
  "3f": 2,
  "3g": 1,
  "3h": 6,
  "3i": 1,
  "4": 20,
  "5a": 1,
  "5b": 36,
  "5c": 2,
  "5d": 1,
  "6": 15,
  "7": 3,
  "7a": 18,
  "10": 7,
  "11": 2,
});
const lines = Object.entries(
  read<Record<string, { fact: string; in?: string[]; not?: string }>>("facts.yaml"),
);

test("lists every line of the collected facts", () => {
  const expected = collected.flatMap(([section, count]) =>
    Array.from({ length: count }, (_, index) => `${section}.${index + 1}`),
  );
  expect(lines.map(([key]) => key).toSorted()).toEqual(expected.toSorted());
});

test("finds every line of the collected facts in the contract, or a reason", () => {
  const carried = new Set([...keysIn(document), ...Object.keys(sources)]);
  for (const [key, { fact, in: places = [], not }] of lines) {
    expect(fact, key).toBeTruthy();
    expect(places.length > 0 || / .+\.$/.test(not ?? ""), key).toBe(true);
    for (const place of places) expect(carried, key).toContain(place);
  }
});

test("takes every fact from a line of the collection", () => {
  const named = lines.flatMap(([, { in: places = [] }]) => places);
  expect(named).toEqual(expect.arrayContaining(Object.keys(facts)));
});

/** Returns the keys of all grounds in the contract, and the codes of its error catalog. */
function keysIn(node: unknown): string[] {
  if (typeof node !== "object" || node === null) return [];
  const {
    "x-evidence": evidence = [],
    "x-assumption": assumption = [],
    code,
    fixedBy,
  } = node as {
    "x-evidence"?: string[];
    "x-assumption"?: string[];
    code?: unknown;
    fixedBy?: unknown;
  };
  const codes = typeof code === "string" && fixedBy ? [code] : [];
  return [...evidence, ...assumption, ...codes, ...Object.values(node).flatMap(keysIn)];
}

test("has a place or a reason for each of the 38 wire examples", () => {
  const wire = read<Record<string, string[] | string>>("wire.yaml");
  expect(Object.keys(wire).map(Number)).toEqual(Array.from({ length: 38 }, (_, i) => i + 1));
  const places = Object.values(wire).flat();
  for (const place of places.filter(isPlace)) {
    expect(existsSync(new URL(`examples/${place}.yaml`, root)), place).toBe(true);
  }
});

test("has every header of the sources in the contract, or a reason", () => {
  const headers = read<Record<"request" | "response", Record<string, string>>>("headers.yaml");
  for (const [folder, known] of [
    ["parameters", headers.request],
    ["headers", headers.response],
  ] as const) {
    const places = Object.entries(known).filter(([, place]) => isPlace(place));
    expect(places).toEqual(places.map(([name]) => [name, `${folder}/${name}.yaml`]));
    const inContract = readdirSync(new URL(folder, root)).flatMap((file) => {
      const { in: at = "header", name = file.replace(".yaml", "") } = read<{
        in?: string;
        name?: string;
      }>(`${folder}/${file}`);
      return at === "header" ? [name] : [];
    });
    // HTTP requires Allow with a 405; no source shows one.
    expect(inContract.filter((name) => name !== "Allow").toSorted()).toEqual(
      places.map(([name]) => name).toSorted(),
    );
  }
});
