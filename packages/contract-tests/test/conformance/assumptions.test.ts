import { expect, test } from "vitest";
import { rawWorld } from "./raw-world.ts";

// Rules about earlier requests, or about two places at once, which schemas cannot express. Numbers refer
// to spec/assumptions.yaml.

const id = (end: string) => `00000000-0000-4000-8000-${end.padStart(12, "0")}`;
const school = id("5c0a");
const qualifications = `/v1/customers/${school}/qualifications`;
const legacy = `/v1/customers/${school}/qualification`;
const education = { qualification: "Education" };
const government = { qualification: "GovernmentCommunityCloud", validationCode: "12345" };
const owned = { qualification: "StateOwnedEntity" };

/** Requests qualifications one after another, and returns their statuses. */
async function statusesOf(...bodies: object[]): Promise<number[]> {
  await using it = await rawWorld();
  const statuses: number[] = [];
  for (const body of bodies) statuses.push((await it.call(qualifications, { body })).status);
  return statuses;
}

test("A7: rejects a request for a held qualification or one in review", async () => {
  expect(await statusesOf(education, education)).toEqual([201, 409]);
  expect(await statusesOf(government, government)).toEqual([201, 409]);
  expect(await statusesOf(owned, owned)).toEqual([201, 409]);
});

test("A8: Education and Government exclude each other, StateOwnedEntity excludes neither", async () => {
  expect(await statusesOf(education, government, owned)).toEqual([201, 409, 201]);
  expect(await statusesOf(government, education, owned)).toEqual([201, 409, 201]);
  expect(await statusesOf(owned, education)).toEqual([201, 201]);
  expect(await statusesOf(owned, government)).toEqual([201, 201]);
});

test("A10: a valid code approves at once and is used once", async () => {
  await using it = await rawWorld();
  const uses = async () => {
    const { body } = await it.call("/v1/customers/all/validations");
    return (body as { remainingCreates: number }[]).map(({ remainingCreates }) => remainingCreates);
  };
  expect(await uses()).toEqual([4, 0]);
  // A request that needs no code uses none.
  await it.call(`/v1/customers/${id("5c0b")}/qualifications?code=12345`, { body: education });
  expect(await uses()).toEqual([4, 0]);
  for (const left of [3, 2, 1, 0]) {
    const path = `/v1/customers/${id(`c0de${left}`)}/qualifications`;
    const asked = await it.call(path, { body: government });
    expect(asked).toMatchObject({ status: 201, body: { vettingStatus: "Approved" } });
    expect(await uses()).toEqual([left, 0]);
  }
  const tooMany = await it.call(qualifications, { body: government });
  expect(tooMany).toMatchObject({ status: 400, body: { code: "3000" } });
});

const withoutCode = { qualification: "GovernmentCommunityCloud" };

test.each<[string, string, object, number, string?]>([
  ["in the body", "", government, 201],
  ["in the query", "?code=12345", withoutCode, 201],
  ["in both, the same", "?code=12345", government, 201],
  ["in both, not the same", "?code=67890", government, 400, "differs from the query's code"],
  ["in neither", "", withoutCode, 400, "is missing; send it in the body, or as code in the query"],
  ["unknown", "?code=1", withoutCode, 400, "is unknown"],
  ["exhausted", "?code=67890", withoutCode, 400, "is exhausted"],
])("A5, A9: judges a validation code %s", async (_, query, body, status, why) => {
  await using it = await rawWorld();
  const answer = await it.call(qualifications + query, { body });
  expect(answer.status).toBe(status);
  const { code, description } = answer.body as { code?: string; description?: string };
  expect(code).toBe(status === 400 ? "3000" : undefined);
  // The message says what is wrong.
  expect(description).toBe(why && `Invalid property: validationCode ${why}`);
});

test("A21: the retired calls decide at once and ignore reviews", async () => {
  await using it = await rawWorld();
  const get = async () => (await it.call(legacy)).body;
  expect(await get()).toBe("none");
  await it.call(qualifications, { body: education });
  expect(await get()).toBe("none");
  it.mock.advance("P3D");
  expect(await get()).toBe("education");
  const conflict = await it.call(`${legacy}?code=12345`, { method: "PUT", body: 3 });
  expect(conflict).toMatchObject({ status: 409, body: { code: "800002" } });
});

test.each<[unknown, string, number, unknown]>([
  [1, "", 200, "education"],
  ["Education", "", 200, "education"],
  ["education", "", 200, "education"],
  [3, "?code=12345", 200, "governmentcommunitycloud"],
  ["GovernmentCommunityCloud", "?code=12345", 200, "governmentcommunitycloud"],
  [3, "", 400, expect.objectContaining({ code: "3000" })],
])("A21: the retired call answers %j%s with %i", async (body, query, status, reported) => {
  await using it = await rawWorld();
  const set = await it.call(legacy + query, { method: "PUT", body });
  expect(set).toMatchObject({ status, body: reported });
  expect((await it.call(legacy)).body).toBe(status === 200 ? reported : "none");
});

test("A21: the retired call rejects a future denial with a bare string", async () => {
  await using it = await rawWorld();
  const path = `/v1/customers/${id("de01")}/qualification`;
  const set = await it.call(path, { method: "PUT", body: 1 });
  expect(set).toMatchObject({ status: 400, body: "Customer tagging denied." });
});

test("ignores the case of a customer id", async () => {
  await using it = await rawWorld();
  await it.call(qualifications, { body: education });
  const path = `/v1/customers/${school.toUpperCase()}/qualifications`;
  expect((await it.call(path)).body).toHaveLength(1);
  expect(await it.call(path, { body: education })).toMatchObject({ status: 409 });
});
