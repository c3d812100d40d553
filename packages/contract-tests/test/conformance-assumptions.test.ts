import { startMock } from "@partner-qualifications/mock";
import { expect, test } from "vitest";
import { type RawCall, rawCaller } from "../src/conformance/raw-caller.ts";

// What no schema says because it is about what was there before, or about two places at once. The
// numbers are those of spec/assumptions.yaml.

const id = (end: string) => `00000000-0000-4000-8000-${end.padStart(12, "0")}`;
const school = id("5c0a");
const qualifications = `/v1/customers/${school}/qualifications`;
const legacy = `/v1/customers/${school}/qualification`;
const education = { qualification: "Education" };
const government = { qualification: "GovernmentCommunityCloud", validationCode: "12345" };
const owned = { qualification: "StateOwnedEntity" };

async function world() {
  const mock = await startMock({ clock: "manual", now: "2026-01-05T09:00:00Z" });
  const call = rawCaller(mock);
  return { mock, call, [Symbol.asyncDispose]: () => mock.close() };
}

/** The statuses of requests for qualifications, in their order. */
async function statusesOf(...bodies: object[]): Promise<number[]> {
  await using it = await world();
  const statuses: number[] = [];
  for (const body of bodies) statuses.push((await it.call(qualifications, { body })).status);
  return statuses;
}

test("A7: what is held or in review cannot be asked for again", async () => {
  expect(await statusesOf(education, education)).toEqual([201, 409]);
  expect(await statusesOf(government, government)).toEqual([201, 409]);
  expect(await statusesOf(owned, owned)).toEqual([201, 409]);
});

test("A8: Education and Government exclude each other, and stand beside a state-owned entity", async () => {
  expect(await statusesOf(education, government, owned)).toEqual([201, 409, 201]);
  expect(await statusesOf(government, education, owned)).toEqual([201, 409, 201]);
  expect(await statusesOf(owned, education)).toEqual([201, 201]);
  expect(await statusesOf(owned, government)).toEqual([201, 201]);
});

test("A10: a good code approves at once, and is used once", async () => {
  await using it = await world();
  const uses = async () => {
    const { body } = await it.call("/v1/customers/all/validations");
    return (body as { remainingCreates: number }[]).map(({ remainingCreates }) => remainingCreates);
  };
  expect(await uses()).toEqual([4, 0]);
  // Who does not need a code uses none.
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
  ["in neither", "", withoutCode, 400, "is missing"],
  ["unknown", "?code=1", withoutCode, 400, "is unknown"],
  ["used up", "?code=67890", withoutCode, 400, "is used up"],
])("A5, A9: a validation code %s", async (_, query, body, status, why) => {
  await using it = await world();
  const answer = await it.call(qualifications + query, { body });
  expect(answer.status).toBe(status);
  const { code, description } = answer.body as { code?: string; description?: string };
  expect(code).toBe(status === 400 ? "3000" : undefined);
  // Who gets it wrong is told what.
  expect(description).toBe(why && `Invalid property: validationCode ${why}`);
});

test("A21: the retired call decides at once, and knows nothing that is in review", async () => {
  await using it = await world();
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
])("A21: the retired call takes %j%s", async (body, query, status, told) => {
  await using it = await world();
  const set = await it.call(legacy + query, { method: "PUT", body });
  expect(set).toMatchObject({ status, body: told });
  expect((await it.call(legacy)).body).toBe(status === 200 ? told : "none");
});

test("A21: the retired call refuses who will be denied with a bare string", async () => {
  await using it = await world();
  const path = `/v1/customers/${id("de01")}/qualification`;
  const set = await it.call(path, { method: "PUT", body: 1 });
  expect(set).toMatchObject({ status: 400, body: "Customer tagging denied." });
});

test("an id names the same customer however it is written", async () => {
  await using it = await world();
  await it.call(qualifications, { body: education });
  const path = `/v1/customers/${school.toUpperCase()}/qualifications`;
  expect((await it.call(path)).body).toHaveLength(1);
  expect(await it.call(path, { body: education })).toMatchObject({ status: 409 });
});

const filter = (members: object) => `filter=${encodeURIComponent(JSON.stringify(members))}`;
const byName = { Field: "CompanyName", Value: "contoso", Operator: "starts_with" };

test.each<[string, string, string[]]>([
  ["another field", filter({ ...byName, Field: "Domain" }), ["Field"]],
  ["another operator", filter({ ...byName, Operator: "equals" }), ["Operator"]],
  ["no value", filter({ Field: "CompanyName", Operator: "starts_with" }), ["Value"]],
  ["no JSON", "filter=contoso", ["Field", "Value", "Operator"]],
])("A17: a filter with %s is refused", async (_, query, data) => {
  await using it = await world();
  const { status, body } = await it.call(`/v1/customers?${query}`);
  expect(status).toBe(400);
  const told = body as { code: string; data: string[] };
  expect(told.code).toBe("2000");
  expect(told.data.toSorted()).toEqual(data.toSorted());
});

test("A17: pages follow each other by their token, and a token of no page is refused", async () => {
  await using it = await world();
  const page = async (query: string, token?: string) => {
    const headers = token === undefined ? {} : { "MS-ContinuationToken": token };
    const { body } = await it.call(`/v1/customers?${query}`, { headers });
    const { totalCount, items, links } = body as Page;
    expect(totalCount).toBe(items.length);
    return { ids: items.map((one) => one.id), next: links.next?.headers[0].value };
  };
  const whole = await page("");
  expect(whole.next).toBeUndefined();
  expect(await page(`size=${whole.ids.length}`)).toEqual(whole);
  const first = await page(`size=${whole.ids.length - 1}`);
  expect(first.ids).toEqual(whole.ids.slice(0, -1));
  expect((await page("size=2", first.next)).ids).toEqual(whole.ids.slice(-1));
  const found = await page(filter({ ...byName, Value: "CONTOSO" }));
  expect(found.ids).toHaveLength(2);
  const refused = await it.call("/v1/customers", { headers: { "MS-ContinuationToken": "1" } });
  expect(refused).toMatchObject({ status: 400, body: { code: "800002" } });
});

interface Page {
  totalCount: number;
  items: { id: string }[];
  links: { next?: { headers: [{ value: string }] } };
}

const jwt = (claims: object) =>
  `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.e30`;
const now = Date.parse("2026-01-05T09:00:00Z") / 1000;

test.each<[string, object, number, string?]>([
  ["whose last second is over", { exp: now }, 401, "400"],
  ["with a second left", { exp: now + 1 }, 201],
  ["for another service", { aud: "https://graph.windows.net" }, 401, "900420"],
  ["for this service", { aud: "https://api.partnercenter.microsoft.com/" }, 201],
  ["of an application", { idtyp: "app" }, 403, "900329"],
  ["with roles and no scope", { roles: ["x"] }, 403, "900329"],
  ["with roles and a scope", { roles: ["x"], scp: "user_impersonation" }, 201],
])("a token %s", async (_, claims, status, code) => {
  await using it = await world();
  const headers = { Authorization: `Bearer ${jwt(claims)}` };
  const asked = await it.call(qualifications, { body: education, headers });
  expect(asked.status).toBe(status);
  expect((asked.body as { code?: string }).code).toBe(code);
  expect(asked.headers.has("WWW-Authenticate")).toBe(status === 401);
});

test("a token of two parts is no JWT, and is taken as it is", async () => {
  await using it = await world();
  const [, claims] = jwt({ exp: 1 }).split(".");
  const headers = { Authorization: `Bearer e30.${claims}` };
  expect(await it.call(qualifications, { headers })).toMatchObject({ status: 200 });
});

const big = 1024 * 1024;

test.each<[string, string, RawCall, number]>([
  ["of another media type", qualifications, typed("text/plain", "{}"), 415],
  ["with a charset", qualifications, typed("APPLICATION/json; charset=utf-8", education), 201],
  ["that is not JSON", qualifications, typed("application/json", "{"), 400],
  ["that is too large", qualifications, typed("application/json", " ".repeat(big + 1)), 400],
])("A11, A27: a body %s", async (_, path, sent, status) => {
  await using it = await world();
  const { body, ...answer } = await it.call(path, sent);
  expect(answer.status).toBe(status);
  expect((body as { code?: string }).code).toBe(status === 201 ? undefined : "800002");
});

test("A27: a body of a mebibyte is read", async () => {
  await using it = await world();
  const text = JSON.stringify(education).padEnd(big, " ");
  expect(await it.call(qualifications, typed("application/json", text))).toMatchObject({
    status: 201,
  });
});

test("a body that comes in chunks, without its length, is read", async () => {
  await using it = await world();
  const response = await fetch(it.mock.url + qualifications, {
    method: "POST",
    headers: { Authorization: "Bearer any", "Content-Type": "application/json" },
    body: new Blob([JSON.stringify(education)]).stream(),
    duplex: "half",
  } as RequestInit);
  expect(response.status).toBe(201);
});

function typed(type: string, body: string | object): RawCall {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { method: "POST", body: text, headers: { "Content-Type": type } };
}

test("an address that cannot be decoded is refused, one that nobody serves is not found", async () => {
  await using it = await world();
  const broken = await it.call("/v1/customers/%E0%A4%A/qualifications");
  expect(broken).toMatchObject({ status: 400, body: { code: "800002" } });
  const nowhere = await it.call("/v1/nowhere");
  expect(nowhere).toMatchObject({ status: 404, body: { statusCode: 404 } });
  const deleted = await it.call(qualifications, { method: "DELETE" });
  expect(deleted).toMatchObject({ status: 405, body: { statusCode: 405 } });
  expect(deleted.headers.get("Allow")?.split(", ").toSorted()).toEqual(["GET", "POST"]);
});
