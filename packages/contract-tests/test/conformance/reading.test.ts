import { expect, test } from "vitest";
import { type RawCall, rawWorld } from "./raw-world.ts";

// How the mock reads filters, pages, tokens, bodies and addresses, where schemas cannot say it. Numbers
// refer to spec/assumptions.yaml.

const school = "00000000-0000-4000-8000-000000005c0a";
const qualifications = `/v1/customers/${school}/qualifications`;
const education = { qualification: "Education" };

const filter = (members: object) => `filter=${encodeURIComponent(JSON.stringify(members))}`;
const byName = { Field: "CompanyName", Value: "contoso", Operator: "starts_with" };

test.each<[string, string, string[]]>([
  ["another field", filter({ ...byName, Field: "Domain" }), ["Field"]],
  ["another operator", filter({ ...byName, Operator: "equals" }), ["Operator"]],
  ["no value", filter({ Field: "CompanyName", Operator: "starts_with" }), ["Value"]],
  ["no JSON", "filter=contoso", ["Field", "Value", "Operator"]],
])("A17: a filter with %s is refused", async (_, query, data) => {
  await using it = await rawWorld();
  const { status, body } = await it.call(`/v1/customers?${query}`);
  expect(status).toBe(400);
  const reported = body as { code: string; data: string[] };
  expect(reported.code).toBe("2000");
  expect(reported.data.toSorted()).toEqual(data.toSorted());
});

test("A17: continuation tokens page through a list, and unknown ones are rejected", async () => {
  await using it = await rawWorld();
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
  ["in its expiry second", { exp: now }, 401, "400"],
  ["a second before its expiry", { exp: now + 1 }, 201],
  ["for another service", { aud: "https://graph.windows.net" }, 401, "900420"],
  ["for this service", { aud: "https://api.partnercenter.microsoft.com/" }, 201],
  ["of an application", { idtyp: "app" }, 403, "900329"],
  ["with roles and no scope", { roles: ["x"] }, 403, "900329"],
  ["with roles and a scope", { roles: ["x"], scp: "user_impersonation" }, 201],
])("judges a token %s", async (_, claims, status, code) => {
  await using it = await rawWorld();
  const headers = { Authorization: `Bearer ${jwt(claims)}` };
  const asked = await it.call(qualifications, { body: education, headers });
  expect(asked.status).toBe(status);
  expect((asked.body as { code?: string }).code).toBe(code);
  expect(asked.headers.has("WWW-Authenticate")).toBe(status === 401);
});

test("accepts a two-part token, despite not being a JWT", async () => {
  await using it = await rawWorld();
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
])("A11, A27: judges a body %s", async (_, path, sent, status) => {
  await using it = await rawWorld();
  const { body, ...answer } = await it.call(path, sent);
  expect(answer.status).toBe(status);
  expect((body as { code?: string }).code).toBe(status === 201 ? undefined : "800002");
});

test("A27: reads a body of one mebibyte", async () => {
  await using it = await rawWorld();
  const text = JSON.stringify(education).padEnd(big, " ");
  expect(await it.call(qualifications, typed("application/json", text))).toMatchObject({
    status: 201,
  });
});

test("reads a chunked body without a length", async () => {
  await using it = await rawWorld();
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

test("answers a malformed path with 400 and an unknown one with 404", async () => {
  await using it = await rawWorld();
  const broken = await it.call("/v1/customers/%E0%A4%A/qualifications");
  expect(broken).toMatchObject({ status: 400, body: { code: "800002" } });
  const nowhere = await it.call("/v1/nowhere");
  expect(nowhere).toMatchObject({ status: 404, body: { statusCode: 404 } });
  const deleted = await it.call(qualifications, { method: "DELETE" });
  expect(deleted).toMatchObject({ status: 405, body: { statusCode: 405 } });
  expect(deleted.headers.get("Allow")?.split(", ").toSorted()).toEqual(["GET", "HEAD", "POST"]);
});
