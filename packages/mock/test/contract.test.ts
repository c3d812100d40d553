import { expect, test } from "vitest";
import { bundledContract, type Contract } from "../src/contract.ts";
import { startMock } from "../src/index.ts";

const path = "/v1/customers/11111111-2222-3333-4444-555555555555/qualifications";

/** The status and the details of a POST to a mock that keeps a changed contract. */
async function postUnder(change: (contract: Contract) => void, body: object) {
  const contract = structuredClone(bundledContract());
  change(contract);
  await using mock = await startMock({ contract });
  const response = await fetch(mock.url + path, {
    method: "POST",
    headers: { Authorization: "Bearer any", "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, ...((await response.json()) as { data?: string[] }) };
}

test("a property that the contract begins to require is missed", async () => {
  const body = { qualification: "Education" };
  expect((await postUnder(() => {}, body)).status).toBe(201);
  const changed = await postUnder(({ components }) => {
    components.schemas.EducationRequest.required.push("website");
  }, body);
  expect(changed.status).toBe(400);
});

test("a value that the contract no longer has is refused", async () => {
  const body = { qualification: "Education", educationSegment: "K12" };
  const changed = await postUnder(({ components }) => {
    components.schemas.EducationRequest.properties.educationSegment.enum = ["HigherEducation"];
  }, body);
  expect(changed).toMatchObject({ status: 400, data: ["body.educationSegment"] });
});

test("an answer that breaks the contract is not sent but named", async () => {
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

test("an undocumented status or header is a broken contract too", async () => {
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

test("a failure that no operation documents cannot be asked for", async () => {
  await using mock = await startMock();
  expect(() => mock.failNext(418)).toThrow("No operation documents a failure with status 418");
});

test("a failure that the operation asked next does not document is told", async () => {
  await using mock = await startMock();
  mock.failNext(409);
  const response = await fetch(mock.url + path, { headers: { Authorization: "Bearer any" } });
  expect(response.status).toBe(500);
  expect(await response.text()).toContain("listQualifications documents no answer 409");
});
