import { describe, expect, test } from "vitest";
import { type OpenApiDocument, startMock } from "../src/index.ts";
import { bundledContract } from "./bundled-contract.ts";
import { submit, control, list, school, send } from "./call.ts";

const path = "/v1/customers/11111111-2222-3333-4444-555555555555/qualifications";

/** Returns the status and details of a POST to a mock with a changed contract. */
async function postUnder(change: (contract: OpenApiDocument) => void, body: object) {
  const contract = bundledContract();
  change(contract);
  await using mock = await startMock({ contract });
  const response = await fetch(mock.url + path, {
    method: "POST",
    headers: { Authorization: "Bearer any", "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, ...((await response.json()) as { data?: string[] }) };
}

/** Returns a contract whose operations document only these refusals. */
function documentingOnly(...codes: string[]): OpenApiDocument {
  const contract = bundledContract();
  for (const item of Object.values(contract.paths as Record<string, OpenApiDocument>)) {
    for (const { responses = {} } of Object.values(item)) {
      for (const code of Object.keys(responses)) {
        if (code.startsWith("4") && !codes.includes(code)) delete responses[code];
      }
    }
  }
  return contract;
}

/** Requests, each rejected by another check. */
const refused: [string, RequestInit & { headers?: Record<string, string> }][] = [
  ["without a token", { headers: { Authorization: "" } }],
  ["that accepts no JSON", { headers: { Accept: "text/csv" } }],
  ["with a body of another type", { headers: { "Content-Type": "text/plain" } }],
  ["with a body that is not JSON", { body: "{" }],
  ["with a compressed body", { headers: { "Content-Encoding": "gzip" } }],
  ["under an MS-RequestId that was used", { headers: { "MS-RequestId": school } }],
  ["of an application alone", { headers: { Authorization: "Bearer app-only" } }],
  ["beyond the rate", {}],
];

test("links to the next page of a filter too long for a link", async () => {
  await using mock = await startMock();
  const filter = '{"Field":"CompanyName",\t"Value":"c","Operator":"starts_with"}';
  const query = new URLSearchParams({ size: "1", filter: filter.replace("\t", "\t".repeat(1900)) });
  const page = await send(mock, `/v1/customers?${query}`);
  expect(page.status).toBe(200);
  const { links } = (await page.json()) as { links: { next: { uri: string } } };
  expect(new URLSearchParams(links.next.uri.split("?")[1]).get("filter")).toBe(
    '{"Field":"CompanyName","Value":"c","Operator":"starts_with"}',
  );
});

describe("a changed contract", () => {
  test("requires a property newly required by the contract", async () => {
    const body = { qualification: "Education" };
    expect((await postUnder(() => {}, body)).status).toBe(201);
    const changed = await postUnder(({ components }) => {
      components.schemas.EducationRequest.required.push("website");
    }, body);
    expect(changed.status).toBe(400);
  });

  test("rejects a value no longer allowed by the contract", async () => {
    const body = { qualification: "Education", educationSegment: "K12" };
    const changed = await postUnder(({ components }) => {
      components.schemas.EducationSegment.enum = ["HigherEducation"];
    }, body);
    expect(changed).toMatchObject({ status: 400, data: ["body.educationSegment"] });
  });

  test("reports a reply violating the contract instead of sending it", async () => {
    const changed = await postUnder(
      ({ components }) => {
        components.schemas.CustomerQualification.properties.vettingCreateDate.format = "ipv4";
      },
      { qualification: "Education" },
    );
    expect(changed).toMatchObject({
      status: 500,
      description: expect.stringContaining("requestQualification"),
      data: [expect.stringContaining("body.vettingCreateDate")],
    });
  });

  test("reports an undocumented status or header as a violation", async () => {
    const body = { qualification: "Education" };
    const withoutStatus = await postUnder(({ paths }) => {
      const { responses } = paths["/v1/customers/{customer_id}/qualifications"].post;
      responses["200"] = responses["201"];
      delete responses["201"];
    }, body);
    expect(withoutStatus).toMatchObject({
      status: 500,
      data: [expect.stringMatching(/status code/)],
    });
    const withoutHeader = await postUnder(({ paths }) => {
      const { responses } = paths["/v1/customers/{customer_id}/qualifications"].post;
      delete responses["201"].headers["MS-RequestId"];
    }, body);
    expect(withoutHeader).toMatchObject({
      status: 500,
      data: ["header.ms-requestid: Header ms-requestid is not documented"],
    });
  });
});

describe("a fault", () => {
  test("rejects an undocumented injected failure", async () => {
    await using mock = await startMock();
    expect(() => mock.failNext(418)).toThrow("No operation documents a failure with status 418");
  });

  test("keeps a failure for the next operation documenting it", async () => {
    await using mock = await startMock();
    mock.failNext(409);
    expect((await list(mock, school)).status).toBe(200);
    expect((await submit(mock, school)).status).toBe(409);
    expect((await submit(mock, school)).status).toBe(201);
  });

  test("fails a burst only for operations documenting its status", async () => {
    await using mock = await startMock({
      customers: [{ id: school, summary: "Busy", burst: { status: 409, length: 1 } }],
    });
    expect((await list(mock, school)).status).toBe(200);
    expect((await submit(mock, school)).status).toBe(409);
    expect((await submit(mock, school)).status).toBe(201);
  });
});

describe("refusals", () => {
  test.each(refused)(
    "refuses a request %s with a documented status",
    async (_, { headers, body }) => {
      for (const code of ["400", "403"]) {
        await using mock = await startMock({ contract: documentingOnly(code), clock: "manual" });
        if (headers?.["MS-RequestId"])
          await submit(mock, school, { qualification: "StateOwnedEntity" }, headers);
        if (!headers && !body)
          mock.control.reset({ throttle: { partner: { requests: 1, per: "PT1M" } } });
        const init = {
          method: "POST",
          body: body ?? '{"qualification":"Education"}',
          ...(headers && { headers }),
        };
        await send(mock, path, init);
        const response = await send(mock, path, init);
        expect([response.status, await response.text()]).toEqual([
          Number(code),
          expect.not.stringContaining("The mock"),
        ]);
      }
    },
  );

  test("rejects a test customer with an undocumented error code", async () => {
    await using mock = await startMock();
    const customer = { id: school, summary: "", refusal: { status: 403, description: "" } };
    for (const code of ["1".repeat(33), -1, 2 ** 31]) {
      const refusal = { ...customer.refusal, code };
      expect((await control(mock, "PUT", "test-customers", { ...customer, refusal }))[0]).toBe(400);
    }
  });

  test("rejects a rate with a Retry-After above a day", async () => {
    for (const per of ["P1D", "PT12H1S"]) {
      await expect(startMock({ throttle: { customer: { requests: 1, per } } })).rejects.toThrow(
        `The period "${per}" is too long; the longest period is PT12H`,
      );
    }
    await using mock = await startMock({
      clock: "manual",
      throttle: { customer: { requests: 1, per: "PT12H" } },
    });
    for (let request = 0; request < 4; request++) await list(mock, school);
    const throttled = await list(mock, school);
    expect([throttled.status, throttled.headers.get("Retry-After")]).toEqual([429, "86400"]);
  });
});
