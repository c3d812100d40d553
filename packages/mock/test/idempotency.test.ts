import { expect, test } from "vitest";
import { type Mock, startMock } from "../src/index.ts";
import { submit, Education, list, school, send, testCustomer } from "./call.ts";

const monday = { clock: "manual", now: "2020-12-07T09:00:00Z" } as const;
const id = { "MS-RequestId": "b0f1d7a2-64c8-4f5e-8e0b-2c9d3a7f1e65" };
const capitals = { "MS-RequestId": "B0F1D7A2-64C8-4F5E-8E0B-2C9D3A7F1E65" };

test("repeats the reply to a repeated request with the same identifier", async () => {
  await using mock = await startMock(monday);
  const first = await submit(mock, school, Education, id);
  mock.advance("PT1H");
  const again = await submit(mock, school, Education, capitals);
  expect(again.status).toBe(201);
  expect(await again.json()).toEqual(await first.json());
  expect((await submit(mock, school, Education)).status).toBe(409);
});

test.each([
  ["another body", (mock: Mock) => submit(mock, school, { qualification: "StateOwnedEntity" }, id)],
  [
    "another query",
    (mock: Mock) =>
      send(mock, `/v1/customers/${school}/qualifications?code=1`, {
        method: "POST",
        body: JSON.stringify(Education),
        headers: id,
      }),
  ],
  [
    "another method and path",
    (mock: Mock) =>
      send(mock, `/v1/customers/${school}/qualification`, {
        method: "PUT",
        body: '"Education"',
        headers: id,
      }),
  ],
])("rejects %s with the same identifier", async (_, other) => {
  await using mock = await startMock(monday);
  await submit(mock, school, Education, id);
  const refused = await other(mock);
  expect(refused.status).toBe(409);
  expect(await refused.json()).toMatchObject({
    code: "800002",
    description: "The MS-RequestId was already used for a different request.",
  });
});

test("keeps identifiers apart by customer", async () => {
  await using mock = await startMock(monday);
  await submit(mock, school, Education, id);
  expect((await submit(mock, testCustomer("a1"), Education, id)).status).toBe(201);
});

test("repeats a refusal", async () => {
  await using mock = await startMock({ ...monday, reviewTime: "PT0S" });
  const denied = testCustomer("de01");
  await submit(mock, denied);
  await submit(mock, denied);
  await submit(mock, denied);
  expect((await submit(mock, denied, Education, id)).status).toBe(409);
  expect((await submit(mock, denied, Education, id)).status).toBe(409);
});

test("remembers no invalid request", async () => {
  await using mock = await startMock(monday);
  expect((await submit(mock, school, { qualification: "education" }, id)).status).toBe(400);
  expect((await submit(mock, school, Education, id)).status).toBe(201);
});

test.each([408, 429, 500, 502, 503, 504])("does not remember a %i", async (status) => {
  await using mock = await startMock(monday);
  mock.failNext(status);
  expect((await submit(mock, school, Education, id)).status).toBe(status);
  expect((await submit(mock, school, Education, id)).status).toBe(201);
});

test("does not remember a 401", async () => {
  await using mock = await startMock(monday);
  const expired = { ...id, Authorization: "Bearer expired" };
  expect((await submit(mock, school, Education, expired)).status).toBe(401);
  expect((await submit(mock, school, Education, id)).status).toBe(201);
});

test("forgets an identifier after a day by the clock", async () => {
  await using mock = await startMock(monday);
  await submit(mock, school, Education, id);
  mock.advance("PT23H59M59S");
  expect((await submit(mock, school, Education, id)).status).toBe(201);
  mock.advance("PT1S");
  expect((await submit(mock, school, Education, id)).status).toBe(409);
});

test("writes once for a client retrying 429 and 503 with one identifier", async () => {
  await using mock = await startMock(monday);
  const burst = [429, 503, 503, 429].map((status) => ({ kind: "failure" as const, status }));
  mock.control.addFaults(...burst);
  const statuses: number[] = [];
  while (statuses.at(-1) !== 201) statuses.push((await submit(mock, school, Education, id)).status);
  expect(statuses).toEqual([429, 503, 503, 429, 201]);
  expect(await (await list(mock, school)).json()).toHaveLength(1);
});

test("rejects a customer's fourth Education request", async () => {
  await using mock = await startMock({ ...monday, reviewTime: "PT0S" });
  const denied = testCustomer("de01");
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 4; attempt++) statuses.push((await submit(mock, denied)).status);
  expect(statuses).toEqual([201, 201, 201, 409]);
});
