import { expect, test } from "vitest";
import { startMock } from "../src/index.ts";
import { submit, control, list, school, send, testCustomer } from "./call.ts";

const scenario = `
clock: manual
now: 2020-12-07T09:00:00Z
reviewTime: PT1H
customers:
  - id: ${school}
    summary: A museum
    companyName: City Museum
    education: denied
    vettingReason: Not an eligible Museum
codes:
  - validationId: "777"
    maxCreates: 1
faults:
  - kind: failure
    status: 503
`;
const put = (mock: Parameters<typeof control>[0], text: string) =>
  control(mock, "PUT", "scenario", text, "application/yaml");

test("initializes the world", async () => {
  await using mock = await startMock();
  await submit(mock, testCustomer("a1"));
  expect(await put(mock, scenario)).toMatchObject([200, { now: "2020-12-07T09:00:00.000Z" }]);
  expect((await list(mock, school)).status).toBe(503);
  expect(await (await list(mock, testCustomer("a1"))).json()).toEqual([]);
  await submit(mock, school);
  mock.advance("PT1H");
  expect(await (await list(mock, school)).json()).toMatchObject([
    { vettingReason: "Not an eligible Museum" },
  ]);
  const customer = await send(mock, `/v1/customers/${school}`);
  expect(await customer.text()).toContain("City Museum");
  const government = { qualification: "GovernmentCommunityCloud", validationCode: "777" };
  expect((await submit(mock, testCustomer("a1"), government)).status).toBe(201);
  expect((await submit(mock, testCustomer("de10"), government)).status).toBe(400);
});

test("accepts JSON and an empty file", async () => {
  await using mock = await startMock();
  expect((await control(mock, "PUT", "scenario", { clock: "manual" }))[1].mode).toBe("manual");
  expect((await put(mock, "{}"))[1].mode).toBe("real");
});

test.each([
  ["a value", "clock: manual\ncustomers:\n  - id: 1", /^line 3: .*id must be string/m],
  [
    "a misspelled value",
    `customers:\n  - id: ${school}\n    summary: a\n    education: aproved`,
    /^line 4: .*allowed values: approved, denied, undecided, revoked/m,
  ],
  [
    "a misspelled name",
    "clock: manual\nrevieuTime: P1D",
    /^line 2: Unknown member "revieuTime"; valid members are clock/m,
  ],
  [
    "a misspelled nested name",
    `customers:\n  - id: ${school}\n    summary: a\n    educaton: denied`,
    /^line 4: customers.0 has no member "educaton"; valid members are id, summary, companyName, education/m,
  ],
  ["a missing name", "faults:\n  - count: 2", /^line 2: .*required property 'kind'/m],
  ["a tab", "customers:\n\t- id: 1", /^line 2: /m],
  ["a list", "- a", /must be object/],
  ["a bomb", `a: &a [x]\n${"b: [*a,*a,*a,*a]\n".repeat(200)}`, /^line|alias/m],
  ["an impossible duration", "reviewTime: P-1D", /not an ISO 8601 duration/],
  ["an impossible date", "now: 2020-02-31T25:00:00Z\nclock: manual", /not an ISO 8601 date/],
])("rejects a scenario with %s, names the place, and changes nothing", async (_, text, reason) => {
  await using mock = await startMock({ clock: "manual" });
  await submit(mock, school);
  const [status, { error }] = await put(mock, text);
  expect(status).toBe(400);
  expect(error).toMatch(reason);
  expect(await (await list(mock, school)).json()).toHaveLength(1);
});
