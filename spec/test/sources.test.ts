import { existsSync, readdirSync, readFileSync } from "node:fs";
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

// That every key in the contract leads somewhere, and that every entry here is mentioned there, is a
// lint rule (plugins/sources-named.js).

test("every fact names its source and the place in it", () => {
  for (const [key, { source, at, says }] of Object.entries(facts)) {
    expect(sources, key).toHaveProperty(source);
    expect(at && says, key).toBeTruthy();
  }
});

test("every source has an address and both dates, and something is taken from it", () => {
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

test("all 31 contradictions, and the second part of the fifth, have two sides and a choice", () => {
  const numbers = Array.from({ length: 31 }, (_, index) => `C${index + 1}`);
  numbers.splice(5, 0, "C5b");
  expect(Object.keys(contradictions)).toEqual(numbers);
  for (const entry of Object.values(contradictions)) {
    expect(Object.keys(entry)).toEqual(["matter", "one", "other", "taken"]);
  }
});

test("each of the 38 wire examples is in its place or has a reason", () => {
  const wire = read<Record<string, string[] | string>>("wire.yaml");
  expect(Object.keys(wire).map(Number)).toEqual(Array.from({ length: 38 }, (_, i) => i + 1));
  const places = Object.values(wire).flat();
  for (const place of places.filter(isPlace)) {
    expect(existsSync(new URL(`examples/${place}.yaml`, root)), place).toBe(true);
  }
});

test("every header that the sources know is in the contract or has a reason", () => {
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
    // A 405 without Allow would not be HTTP; no source shows one.
    expect(inContract.filter((name) => name !== "Allow").toSorted()).toEqual(
      places.map(([name]) => name).toSorted(),
    );
  }
});
