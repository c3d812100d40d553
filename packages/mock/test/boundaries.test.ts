import { describe, expect, test } from "vitest";
import { type Mock, startMock } from "../src/index.ts";
import { list, school, send, submit, testCustomer } from "./call.ts";

// Where decisions of the simulator turn.

const now = "2026-11-23T09:00:00Z";

/** Sends a GET. Returns its JSON. */
async function get(mock: Mock, path: string, query: Record<string, string> = {}): Promise<any> {
  const search = new URLSearchParams(query).toString();
  return (await send(mock, `${path}${search && `?${search}`}`)).json();
}

const records = (mock: Mock, query = {}) => get(mock, "/v1/auditrecords", query);
const customers = (mock: Mock, query = {}) => get(mock, "/v1/customers", query);
const start = (at = now) => startMock({ clock: "manual", now: at, auditDelay: "PT0S" });

describe("audit records", () => {
  test("lists the records of the filter's customer only", async () => {
    await using mock = await start();
    await submit(mock, school);
    await submit(mock, testCustomer("a1"));
    const filter = JSON.stringify({ Field: "CustomerId", Value: school, Operator: "equals" });
    const { items } = await records(mock, { filter });
    expect(items).toMatchObject([{ customerId: school }]);
  });

  test("keeps a record for 90 days", async () => {
    await using mock = await start();
    await submit(mock, school);
    mock.advance("P90D");
    await submit(mock, testCustomer("a1"));
    expect(await records(mock, { startDate: "2026-11-23" })).toMatchObject({ totalCount: 2 });
  });

  test("rejects an endDate 91 days ago for its age", async () => {
    await using mock = await start();
    const { description } = await records(mock, { endDate: "2026-08-24" });
    expect(description).toContain("endDate is more than 90 days ago");
  });

  test.each([
    ["includes", "2026-11-23", 1],
    ["does not include", "2026-11-22", 0],
  ])("%s a record of midnight in the day %s", async (_, day, count) => {
    await using mock = await start("2026-11-23T00:00:00Z");
    await submit(mock, school);
    const page = await records(mock, { startDate: day, endDate: day });
    expect(page).toMatchObject({ totalCount: count });
  });

  test.each([
    [{}, "/v1/auditrecords"],
    [{ size: "1" }, "/v1/auditrecords?size=1"],
  ])("links to a list by the parameters of its request: %o", async (query, uri) => {
    await using mock = await start();
    expect(await records(mock, query)).toMatchObject({ links: { self: { uri } } });
  });

  test("ends an id with the time in .NET's ticks and a number", async () => {
    await using mock = await start();
    for (const end of ["a1", "de01"]) await submit(mock, testCustomer(end));
    const { items } = await records(mock);
    const ticks = items.map(({ id }: { id: string }) => id.split("_").at(-1));
    expect(ticks).toEqual(["639310212000000001", "639310212000000002"]);
  });
});

describe("the clock", () => {
  test("runs no faster than its speed", async () => {
    const began = performance.now();
    await using mock = await startMock({ clock: "fast", now, speed: 1000 });
    const shown = Date.parse(mock.control.clock.now) - Date.parse(now);
    expect(shown).toBeLessThanOrEqual((performance.now() - began) * 1000);
  });

  test("ends with the last day of the year 9999", async () => {
    await using mock = await startMock({ clock: "manual", now: "9999-12-31T00:00:00Z" });
    expect(() => mock.advance("PT1S")).toThrow("beyond the year 9999");
  });

  test("advances by a century at once", async () => {
    await using mock = await startMock({ clock: "manual", now: "2026-01-01T00:00:00Z" });
    mock.advance("P100Y");
    expect(mock.control.clock.now).toBe("2126-01-01T00:00:00.000Z");
  });
});

describe("the list of customers", () => {
  test("links to no page after the last customer", async () => {
    await using mock = await startMock();
    const { totalCount } = await customers(mock, { size: "500" });
    const last = await customers(mock, { size: String(totalCount) });
    expect(last.links).not.toHaveProperty("next");
    const longer = await customers(mock, { size: String(totalCount - 1) });
    expect(longer.links).toHaveProperty("next");
  });

  const swagger = "The official Swagger names";
  const unitTest = "Only a unit test of the .NET SDK";

  test.each([
    ["DisplayName", "starts_with", ["Field"], [swagger]],
    ["DefaultDomainName", "equals", ["Operator", "Field"], [swagger, unitTest]],
    ["CompanyName", "equals", ["Operator"], [unitTest]],
    ["Domain", "contains", ["Operator", "Field"], []],
  ])("rejects a search by %s with %s", async (Field, Operator, data, hints) => {
    await using mock = await startMock();
    const filter = JSON.stringify({ Field, Value: "C", Operator });
    const refused = await customers(mock, { filter });
    expect(refused.data).toEqual(data);
    const printed = [swagger, unitTest].filter((hint) => refused.description.includes(hint));
    expect(printed).toEqual(hints);
  });
});

describe("a qualification", () => {
  test("is set once by the retired call", async () => {
    await using mock = await startMock();
    const put = () =>
      send(mock, `/v1/customers/${school}/qualification`, { method: "PUT", body: "1" });
    expect([(await put()).status, (await put()).status]).toEqual([200, 409]);
  });

  test("is revoked with a reason, unless the scenario has another", async () => {
    await using mock = await startMock({
      clock: "manual",
      now,
      customers: [
        { id: school, summary: "Approved, then revoked", education: "revoked" },
        {
          id: testCustomer("a1"),
          summary: "Approved, then revoked for its own reason",
          education: "revoked",
          vettingReason: "Closed",
        },
      ],
    });
    const reasons = [];
    for (const id of [school, testCustomer("a1")]) {
      await submit(mock, id);
      mock.advance("P40D");
      const [item] = (await (await list(mock, id)).json()) as { vettingReason?: string }[];
      reasons.push(item?.vettingReason);
    }
    expect(reasons).toEqual(["No longer an Education Customer", "Closed"]);
  });
});
