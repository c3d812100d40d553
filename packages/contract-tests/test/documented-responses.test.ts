import { type Mock, startMock } from "@partner-qualifications/mock";
import { expect, test } from "vitest";
import { documentedResponses, validatorOf } from "../src/contract.ts";

const school = "11111111-2222-3333-4444-555555555555";
const elsewhere = "00000000-0000-4000-8000-000000000403";
const nobody = "00000000-0000-4000-8000-000000000404";

const qualifications = (id: string) => `/v1/customers/${id}/qualifications`;
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

const post = (call: Call, id: string, body: string, headers?: Record<string, string>) =>
  call(qualifications(id), { method: "POST", body, ...(headers && { headers }) });

const education = '{"qualification":"Education"}';
const noToken = { headers: { Authorization: "" } };

/** How each answer comes about by itself. The others are failures, asked for with `failNext`. */
const causes: Record<string, (call: Call) => Promise<Response>> = {
  "listQualifications 200": (call) => call(qualifications(school)),
  "listQualifications 400": (call) => call(qualifications("contoso")),
  "listQualifications 401": (call) => call(qualifications(school), noToken),
  "listQualifications 403": (call) => call(qualifications(elsewhere)),
  "listQualifications 404": (call) => call(qualifications(nobody)),
  "requestQualification 201": (call) => post(call, school, education),
  "requestQualification 400": (call) => post(call, school, '{"qualification":'),
  "requestQualification 401": (call) => post(call, school, education, { Authorization: "" }),
  "requestQualification 403": (call) => post(call, elsewhere, education),
  "requestQualification 404": (call) => post(call, nobody, education),
  "requestQualification 409": async (call) => {
    await post(call, school, education);
    return post(call, school, education);
  },
  "requestQualification 415": (call) =>
    post(call, school, education, { "Content-Type": "text/plain" }),
  "listValidationCodes 200": (call) => call(validations),
  "listValidationCodes 400": (call) => call(validations, { headers: { "MS-RequestId": "1" } }),
  "listValidationCodes 401": (call) => call(validations, noToken),
};

const anyCall: Record<string, (call: Call) => Promise<Response>> = {
  listQualifications: (call) => call(qualifications(school)),
  requestQualification: (call) => post(call, school, education),
  listValidationCodes: (call) => call(validations),
};

test.each(documentedResponses)(
  "$operationId answers $status as documented",
  async ({ operationId, status, requiredHeaders, validate }) => {
    await using mock = await startMock();
    const cause = causes[`${operationId} ${status}`];
    if (!cause) mock.failNext(status);
    const response = await (cause ?? anyCall[operationId])?.(callerOf(mock));

    expect(response?.status).toBe(status);
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
