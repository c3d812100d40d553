import { beforeAll, describe, expect, test } from "vitest";
import { checks, gapsOf, type SuiteResult } from "@partner-qualifications/contract-suite";
import { againstMock, reported } from "./against-mock.ts";

describe("the default phases with the mock's clock and faults", () => {
  let result: SuiteResult;
  beforeAll(async () => {
    result = await againstMock({});
  }, 120_000);

  test.each(checks.map(({ name }) => name))("%s holds", (name) => {
    expect(reported(result.failures.filter(({ check }) => check === name))).toEqual([]);
    const { judged = 0, inapplicable } = result.checks.find((one) => one.name === name) ?? {};
    // A check without an exchange proves nothing.
    expect(judged > 0 || inapplicable !== undefined).toBe(true);
  });

  test("proves or waives every statement of the contract", () => {
    expect(gapsOf(result.matrix)).toEqual([]);
    expect(result.matrix.stale).toEqual([]);
    expect(result.matrix.covered).toBeGreaterThan(2000);
  });

  test("sends every kind of request for every operation", () => {
    const kinds = new Set(result.exchanges.map((exchange) => exchange.case.intent.kind));
    expect([...kinds].toSorted()).toEqual([
      "badToken",
      "identifierReused",
      "invalid",
      "method",
      "provoked",
      "readBack",
      "related",
      "replay",
      "tokenKind",
      "unacceptable",
      "valid",
      "waited",
      "withoutToken",
    ]);
  });
});
