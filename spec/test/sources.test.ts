import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const { sources, facts } = parse(read("../evidence.yaml")) as {
  sources: Record<string, unknown>;
  facts: Record<string, { source: string }>;
};
const assumptions = parse(read("../assumptions.yaml")) as Record<string, string>;

const named = { "x-evidence": new Set<string>(), "x-assumption": new Set<string>() };
(function walk(node: unknown): void {
  if (typeof node !== "object" || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === "x-evidence" || key === "x-assumption") {
      for (const name of value as string[]) named[key].add(name);
    } else walk(value);
  }
})(JSON.parse(read("../dist/openapi.json")));

test("every x-evidence names a fact, and every fact is named", () => {
  expect(named["x-evidence"]).toEqual(new Set(Object.keys(facts)));
});

test("every fact names a source, and every source is used", () => {
  const used = new Set(Object.values(facts).map((fact) => fact.source));
  expect(used).toEqual(new Set(Object.keys(sources)));
});

test("every x-assumption is one of the numbered assumptions", () => {
  for (const number of named["x-assumption"]) expect(assumptions).toHaveProperty(number);
});
