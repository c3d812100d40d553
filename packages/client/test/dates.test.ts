import { expect, test } from "vitest";
import { parseDate } from "../src/index.ts";

test.each([
  ["2020-12-04T20:54:24Z", "2020-12-04T20:54:24.000Z"],
  ["2020-12-03T10:37:38.8Z", "2020-12-03T10:37:38.800Z"],
  ["2020-12-03T10:37:38.885Z", "2020-12-03T10:37:38.885Z"],
  ["2021-05-06T19:59:56.6832021+00:00", "2021-05-06T19:59:56.683Z"],
  ["2021-05-06T19:59:56.9999999+02:00", "2021-05-06T17:59:56.999Z"],
])("%s is read", (text, iso) => {
  expect(parseDate(text)?.toISOString()).toBe(iso);
});

test.each([
  "",
  "07/09/2020: 00:00:00",
  "2020-12-04",
  "2020-13-04T20:54:24Z",
  "2020-12-04T20:54:24.12345678Z",
  undefined,
])("%j is no date, and no error", (text) => {
  expect(parseDate(text)).toBeUndefined();
});
