import { expect, test } from "vitest";
import { startMock } from "../src/index.ts";
import { control, school, send } from "./call.ts";

// Values at a limit and just beyond it.

test.each([0, -1, 1_000_001])("rejects a clock's speed of %d", async (speed) => {
  await expect(startMock({ clock: "fast", speed })).rejects.toThrow(
    `The clock's speed must be above 0 and at most 1000000, not ${speed}`,
  );
});

test.each([0.001, 1_000_000])("accepts a clock's speed of %d", async (speed) => {
  await using mock = await startMock({ clock: "fast", speed });
  expect(await control(mock, "GET", "clock")).toMatchObject([200, { mode: "fast", speed }]);
});

test("advances by a month of the calendar", async () => {
  await using mock = await startMock({ clock: "manual", now: "2026-01-31T09:00:00Z" });
  mock.advance("P1M");
  const clock = await control(mock, "GET", "clock");
  expect(clock).toMatchObject([200, { now: "2026-02-28T09:00:00.000Z" }]);
});

test("allows delegated access to a single customer", async () => {
  await using mock = await startMock();
  const response = await send(mock, `/v1/customers/${school}`);
  expect(await response.json()).toMatchObject({ allowDelegatedAccess: true });
});

test("links to a list without a filter by its size alone", async () => {
  await using mock = await startMock();
  const response = await send(mock, "/v1/customers?size=2");
  const { links } = (await response.json()) as { links: { self: { uri: string } } };
  expect(links.self.uri).toBe("/v1/customers?size=2");
});

test.each([
  [0, true],
  [1, false],
])("links to a page with an address %d over the longest: %s", async (over, isLinked) => {
  await using mock = await startMock();
  const longest = 4096;
  const filter = '{"Field":"CompanyName","Value":"C","Operator":"starts_with"}';
  const bare = `/v1/customers?${new URLSearchParams({ size: "1", filter })}`;
  // White space means nothing in the filter. In the address, a tab is three characters and a space is
  // one.
  const missing = longest - bare.length + over;
  const space = "\t".repeat(missing / 3) + " ".repeat(missing % 3);
  const query = new URLSearchParams({ size: "1", filter: filter.replace("{", `{${space}`) });
  const response = await send(mock, `/v1/customers?${query}`);
  const { links } = (await response.json()) as { links: Record<string, { uri: string }> };
  expect(links.self?.uri.length).toBe(isLinked ? longest : undefined);
  expect(links.next?.uri.length).toBe(isLinked ? longest : bare.length);
});
