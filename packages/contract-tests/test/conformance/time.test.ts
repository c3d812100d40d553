import type { MockOptions } from "@partner-qualifications/mock";
import { expect, test } from "vitest";
import { rawWorld } from "./raw-world.ts";

// Rules about time, which schemas cannot express. Numbers refer to spec/assumptions.yaml.

const id = (end: string) => `00000000-0000-4000-8000-${end.padStart(12, "0")}`;
const [school, other] = [id("5c01"), id("5c02")];
const qualifications = (customer: string) => `/v1/customers/${customer}/qualifications`;
const education = { body: { qualification: "Education", educationSegment: "K12" } };
/** Matches a list of one item. */
const item = (members: object) => [expect.objectContaining(members)];

async function world(options: MockOptions = {}) {
  const it = await rawWorld(options);
  const statusAfter = async (duration: string, customer = school) => {
    it.mock.advance(duration);
    const { body } = await it.call(qualifications(customer));
    return (body as [{ vettingStatus: string }])[0].vettingStatus;
  };
  return { ...it, statusAfter };
}

test("A14: a vetting ends after exactly three business days", async () => {
  await using it = await world();
  await it.call(qualifications(school), education);
  expect(await it.statusAfter("P2DT23H59M59S")).toBe("InReview");
  expect(await it.statusAfter("PT1S")).toBe("Approved");
});

test.each([
  ["Friday", "2026-01-09T09:00:00Z"],
  ["Saturday", "2026-01-10T09:00:00Z"],
])("A14: a vetting from %s takes longer, because weekends don't count", async (day, now) => {
  await using it = await world({ now });
  await it.call(qualifications(school), education);
  expect(await it.statusAfter(day === "Friday" ? "P4DT23H59M59S" : "P3DT23H59M59S")).toBe(
    "InReview",
  );
  expect(await it.statusAfter("PT1S")).toBe("Approved");
});

test("A26: an approval is revoked after exactly thirty days", async () => {
  await using it = await world();
  const revoked = id("de12");
  await it.call(qualifications(revoked), education);
  expect(await it.statusAfter("P3D", revoked)).toBe("Approved");
  expect(await it.statusAfter("P29DT23H59M59S", revoked)).toBe("Approved");
  expect(await it.statusAfter("PT1S", revoked)).toBe("Denied");
});

test("A7, A20: a denied customer can request again, three times in all", async () => {
  await using it = await world();
  const denied = id("de01");
  for (const date of ["2026-01-05", "2026-01-12", "2026-01-19"]) {
    const asked = await it.call(qualifications(denied), education);
    expect(asked).toMatchObject({ status: 201, body: { vettingStatus: "InReview" } });
    expect((asked.body as { vettingCreateDate: string }).vettingCreateDate).toContain(date);
    const twice = await it.call(qualifications(denied), education);
    expect(twice).toMatchObject({ status: 409, body: { code: "800002" } });
    it.mock.advance("P7D");
    const { body } = await it.call(qualifications(denied));
    expect(body).toEqual(
      item({ vettingStatus: "Denied", vettingReason: "Not an Education Customer" }),
    );
  }
  const fourth = await it.call(qualifications(denied), education);
  expect(fourth).toMatchObject({ status: 409, body: { code: "800002" } });
  // Other qualifications can still be requested.
  const owned = await it.call(qualifications(denied), {
    body: { qualification: "StateOwnedEntity" },
  });
  expect(owned.status).toBe(201);
});

test("A25: a reply is repeated for a day, for its customer and identifier", async () => {
  await using it = await world();
  const key = { headers: { "MS-RequestId": "037db222-6d8e-4d7f-ba78-df3dca33fb68" } };
  const first = await it.call(qualifications(school), { ...education, ...key });
  it.mock.advance("PT23H59M59S");
  const upper = { headers: { "MS-RequestId": key.headers["MS-RequestId"].toUpperCase() } };
  const again = await it.call(qualifications(school), { ...education, ...upper });
  expect(again).toMatchObject({ status: 201, body: first.body });
  const others = await it.call(qualifications(other), { ...education, ...key });
  expect(others).toMatchObject({
    status: 201,
    body: { vettingCreateDate: "2026-01-06T08:59:59Z" },
  });
  it.mock.advance("PT1S");
  const late = await it.call(qualifications(school), { ...education, ...key });
  expect(late).toMatchObject({
    status: 409,
    body: { description: expect.stringContaining("already has") as string },
  });
});

test.each([
  ["another body", qualifications(school), { qualification: "StateOwnedEntity" }],
  ["another query", `${qualifications(school)}?code=12345`, education.body],
  ["another address", `/v1/customers/${school}/qualification`, "Education"],
])("A25: rejects a used identifier for %s", async (_, path, body) => {
  await using it = await world();
  const headers = { "MS-RequestId": "037db222-6d8e-4d7f-ba78-df3dca33fb68" };
  await it.call(qualifications(school), { ...education, headers });
  const method = path.endsWith("/qualification") ? "PUT" : "POST";
  const { status, body: reported } = await it.call(path, { method, body, headers });
  expect(status).toBe(409);
  expect(reported).toMatchObject({
    code: "800002",
    description: expect.stringContaining("MS-RequestId"),
  });
});

test.each<[number, string, object]>([
  [400, school, { qualification: "GovernmentCommunityCloud" }],
  [403, id("800073"), education.body],
  [404, id("404"), education.body],
  [409, id("cc01"), education.body],
])("A25: a refusal with %d uses its identifier", async (status, customer, body) => {
  await using it = await world();
  const headers = { "MS-RequestId": "037db222-6d8e-4d7f-ba78-df3dca33fb68" };
  const path = qualifications(customer);
  expect(await it.call(path, { body, headers })).toMatchObject({ status });
  const used = await it.call(path, { body: { qualification: "StateOwnedEntity" }, headers });
  expect(used.status).toBe(409);
  expect(used.body).toMatchObject({ description: expect.stringContaining("MS-RequestId") });
});

test("A25: a transient failure does not use its identifier", async () => {
  await using it = await world();
  const headers = { "MS-RequestId": "037db222-6d8e-4d7f-ba78-df3dca33fb68" };
  for (const status of [408, 429, 500, 503]) {
    it.mock.failNext(status);
    const failed = await it.call(qualifications(school), { ...education, headers });
    expect(failed.status).toBe(status);
  }
  const taken = await it.call(qualifications(school), { ...education, headers });
  expect(taken.status).toBe(201);
});

test("A30: limits the requests of one customer and of all together", async () => {
  await using it = await world({
    throttle: {
      customer: { requests: 2, per: "PT10S" },
      partner: { requests: 3, per: "PT30S" },
    },
  });
  const ask = async (customer: string) => {
    const { status, headers } = await it.call(qualifications(customer));
    return [status, headers.get("Retry-After")];
  };
  expect(await ask(school)).toEqual([200, null]);
  expect(await ask(school)).toEqual([200, null]);
  // A tenth of a minute for the customer's third request, whose refusal counts for the partner too.
  expect(await ask(school)).toEqual([429, "10"]);
  expect(await ask(other)).toEqual([429, "20"]);
  it.mock.advance("PT20S");
  expect(await ask(other)).toEqual([200, null]);
});

test("A30: accepts the next request at its exact time", async () => {
  const throttle = { customer: { requests: 2, per: "PT10S" } };
  for (const [wait, status] of [
    ["PT4.999S", 429],
    ["PT5S", 200],
  ] as const) {
    await using it = await world({ throttle });
    await it.call(qualifications(school));
    await it.call(qualifications(school));
    it.mock.advance(wait);
    expect(await it.call(qualifications(school))).toMatchObject({ status });
  }
});
