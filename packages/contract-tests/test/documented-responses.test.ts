import { type Mock, startMock } from "@partner-qualifications/mock";
import { expect, test } from "vitest";
import { documentedResponses, validatorOf } from "../src/contract.ts";

const school = "11111111-2222-3333-4444-555555555555";
const elsewhere = "00000000-0000-4000-8000-000000000403";
const nobody = "00000000-0000-4000-8000-000000000404";

const customer = (id: string) => `/v1/customers/${id}`;
const qualifications = (id: string) => `${customer(id)}/qualifications`;
const legacy = (id: string) => `${customer(id)}/qualification`;
const accountStatus = (id: string) => `${customer(id)}/validationStatus?type=account`;
const validations = "/v1/customers/all/validations";

type Call = (path: string, init?: RequestInit) => Promise<Response>;

function callerOf(mock: Mock): Call {
  return (path, init) =>
    fetch(mock.url + path, {
      ...init,
      headers: {
        Authorization: "Bearer any",
        "Content-Type": "application/json",
        ...init?.headers,
      },
    });
}

const noToken = { headers: { Authorization: "" } };
const asText = { headers: { "Content-Type": "text/plain" } };

/** The five answers that any operation on one customer has, by themselves. */
function ofCustomer(operationId: string, path: (id: string) => string, init: RequestInit = {}) {
  const send =
    (id: string, more: RequestInit = {}) =>
    (call: Call) =>
      call(path(id), { ...init, ...more });
  return {
    [`${operationId} ${init.method === "POST" ? 201 : 200}`]: send(school),
    [`${operationId} 400`]: send("contoso"),
    [`${operationId} 401`]: send(school, noToken),
    [`${operationId} 403`]: send(elsewhere),
    [`${operationId} 404`]: send(nobody),
  };
}

const post = { method: "POST", body: '{"qualification":"Education"}' };
const put = { method: "PUT", body: '"Education"' };
const twice = (path: string, init: RequestInit) => async (call: Call) => {
  await call(path, init);
  return call(path, init);
};

/** How each answer comes about by itself. The others are failures, asked for with `failNext`. */
const causes: Record<string, (call: Call) => Promise<Response>> = {
  ...ofCustomer("listQualifications", qualifications),
  ...ofCustomer("requestQualification", qualifications, post),
  "requestQualification 409": twice(qualifications(school), post),
  "requestQualification 415": (call) => call(qualifications(school), { ...post, ...asText }),
  ...ofCustomer("getQualification", legacy),
  ...ofCustomer("setQualification", legacy, put),
  "setQualification 409": twice(legacy(school), put),
  "setQualification 415": (call) => call(legacy(school), { ...put, ...asText }),
  ...ofCustomer("getValidationStatus", accountStatus),
  ...ofCustomer("getCustomer", customer),
  "listValidationCodes 200": (call) => call(validations),
  "listValidationCodes 400": (call) => call(validations, { headers: { "MS-RequestId": "1" } }),
  "listValidationCodes 401": (call) => call(validations, noToken),
  "listCustomers 200": (call) => call("/v1/customers?size=1"),
  "listCustomers 400": (call) => call("/v1/customers?filter=%7B%7D"),
  "listCustomers 401": (call) => call("/v1/customers", noToken),
};

/** Any request of an operation, to be failed. */
const anyCall = (operationId: string) =>
  causes[`${operationId} 200`] ?? causes[`${operationId} 201`];

test.each(documentedResponses)(
  "$operationId answers $status as documented",
  async ({ operationId, status: documented, requiredHeaders, validate }) => {
    await using mock = await startMock();
    const cause = causes[`${operationId} ${documented}`];
    if (!cause) mock.failNext(documented);
    const response = await (cause ?? anyCall(operationId))?.(callerOf(mock));

    expect(response?.status).toBe(documented);
    expect(response?.headers.get("Content-Type")).toBe("application/json; charset=utf-8");
    for (const name of requiredHeaders) expect(response?.headers.has(name), name).toBe(true);
    validate(await response?.json());
    expect(validate.errors).toBeNull();
  },
);

test("no cause is left for an answer that the contract no longer has", () => {
  const documented = documentedResponses.map(
    ({ operationId, status }) => `${operationId} ${status}`,
  );
  expect(documented).toEqual(expect.arrayContaining(Object.keys(causes)));
});

test("what the gateway answers has the gateway's shape", async () => {
  await using mock = await startMock();
  const isGatewayError = validatorOf("GatewayError");
  const call = callerOf(mock);
  for (const response of [await call("/v1/nowhere"), await call(validations, { method: "PUT" })]) {
    expect(isGatewayError(await response.json())).toBe(true);
  }
});
