import { startMock } from "@partner-qualifications/mock";
import { expect, test } from "vitest";

// The exchange on the project's original page: "Update a customer's qualifications asynchronously",
// 2020-12-07. Its Content-Length (29) was never right; this tests the true one.

const identifiers = {
  "MS-CorrelationId": "7d2456fd-2d79-46d0-9f8e-5d7ecd5f8745",
  "MS-RequestId": "037db222-6d8e-4d7f-ba78-df3dca33fb68",
};

test("answers the original page's request with its response", async () => {
  await using mock = await startMock({ clock: "manual", now: "2020-12-04T20:54:24Z" });
  const response = await fetch(
    `${mock.url}/v1/customers/11111111-2222-3333-4444-555555555555/qualifications`,
    {
      method: "POST",
      headers: {
        Authorization: "Bearer any",
        Accept: "application/json",
        "Content-Type": "application/json",
        ...identifiers,
      },
      body: '{"qualification":"Education"}',
    },
  );

  expect(response.status).toBe(201);
  for (const [name, value] of Object.entries(identifiers)) {
    expect(response.headers.get(name)).toBe(value);
  }
  const bytes = await response.bytes();
  expect(JSON.parse(new TextDecoder().decode(bytes))).toEqual({
    qualification: "Education",
    vettingStatus: "InReview",
    vettingCreateDate: "2020-12-04T20:54:24Z",
  });
  expect(response.headers.get("Content-Length")).toBe(String(bytes.length));
  expect(bytes).toHaveLength(99);
});
