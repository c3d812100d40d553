import { expect, test } from "vitest";
import { customerId, failureOf, json, world } from "./world.ts";

const customer = (name: string) => ({
  id: customerId,
  companyProfile: { tenantId: customerId, companyName: name },
});
const page = (names: string[], next?: string) =>
  json({
    totalCount: names.length,
    items: names.map(customer),
    links: {
      self: { uri: "/v1/customers" },
      ...(next && {
        next: { uri: "/v1/customers", headers: [{ key: "MS-ContinuationToken", value: next }] },
      }),
    },
  });

test("lists customers page by page, on demand", async () => {
  const { client, sent } = world([page(["A", "B"], "two"), page([], "three"), page(["C"])]);
  const names: unknown[] = [];
  for await (const { companyProfile } of client.customers.list({ size: 2, companyName: "a&b" })) {
    names.push(companyProfile.companyName);
  }
  expect(names).toEqual(["A", "B", "C"]);
  expect(sent.map(({ headers }) => headers["ms-continuationtoken"])).toEqual([
    undefined,
    "two",
    "three",
  ]);
  const query = new URL(sent[0]?.url ?? "").searchParams;
  expect(query.get("size")).toBe("2");
  expect(JSON.parse(query.get("filter") ?? "")).toEqual({
    Field: "CompanyName",
    Value: "a&b",
    Operator: "starts_with",
  });
});

test("fetches no page after the caller stops", async () => {
  const { client, sent } = world([page(["A"], "two"), page(["B"])]);
  for await (const found of client.customers.list()) {
    expect(found.id).toBe(customerId);
    break;
  }
  expect(sent).toHaveLength(1);
});

test("throws when the service repeats the same page", async () => {
  const { client, sent } = world([page(["A"], "again")]);
  const all = async () => {
    for await (const found of client.customers.list()) expect(found.id).toBe(customerId);
  };
  expect(await failureOf(all())).toMatchObject({ kind: "unexpectedResponse" });
  expect(sent).toHaveLength(2);
});

test("gets one customer and its account's review", async () => {
  const { client, sent } = world([
    json(customer("A")),
    json({ type: "account", status: "Allowed" }),
  ]);
  expect(await client.customers.get(customerId)).toEqual(customer("A"));
  expect(await client.customers.validationStatus(customerId)).toMatchObject({ status: "Allowed" });
  expect(sent[1]?.url).toMatch(/validationStatus\?type=account$/);
});
