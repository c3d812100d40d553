import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";

// packages/mock/test/printed-forms.test.ts sends the table to the mock.

const read = <T>(name: string) =>
  parse(readFileSync(new URL(`../${name}.yaml`, import.meta.url), "utf8")) as T;

interface Row {
  form: string;
  printed: string[];
  about: (string | number)[];
  answer: number;
  says?: string;
}
const { rows, noRow } = read<{ rows: Row[]; noRow: Record<string, string> }>("printed-forms");
const sources = Object.keys(read<{ sources: object }>("evidence").sources);
const wire = Object.keys(read<object>("wire"));
const contradictions = Object.keys(read<object>("contradictions"));

test("lists every wire example, contradiction and source, or a reason", () => {
  const inRows = new Set(rows.flatMap(({ printed, about }) => [...printed, ...about]).map(String));
  const keys = [...inRows, ...Object.keys(noRow)].toSorted();
  expect(keys).toEqual([...sources, ...wire, ...contradictions].toSorted());
  for (const reason of Object.values(noRow)) expect(reason).toMatch(/\w/);
});

test("names a source for every row, and the intended form in every refusal", () => {
  for (const { form, printed, answer, says } of rows) {
    expect(printed, form).not.toEqual([]);
    expect(answer >= 400, form).toBe(says !== undefined);
  }
});

test("lists every form once", () => {
  expect(new Set(rows.map(({ form }) => form)).size).toBe(rows.length);
});
