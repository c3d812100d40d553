import { expect, onTestFinished, test, vi } from "vitest";
import { type CallResponse, withResponse } from "../src/index.ts";
import { customerId, failureOf, json, world } from "./world.ts";

const item = {
  qualification: "Education",
  vettingStatus: "Approved",
  vettingCreateDate: "2026-01-05T09:00:00Z",
};
const education = { qualification: "Education", educationSegment: "K12" } as const;

test("returns a typed result beside its response", async () => {
  const answers = [json({}, 503), json([item], 200, { isMfaCompliant: "true", "MS-CV": "cv" })];
  const { client, sent } = world(answers);
  const { data, response } = await withResponse((call) =>
    client.qualifications.list(customerId, { ...call, requestId: customerId }),
  );
  expect(data).toEqual([item]);
  expect(response).toMatchObject({
    operation: "listQualifications",
    method: "GET",
    url: sent[1]?.url,
    status: 200,
    requestId: customerId,
    correlationId: sent[0]?.headers["ms-correlationid"],
    attempts: 2,
    text: JSON.stringify([item]),
  });
  expect(response.headers.get("isMfaCompliant")).toBe("true");
});

const customer = { id: customerId, companyProfile: {}, items: [] };
type Client = ReturnType<typeof world>["client"];
type Call = Parameters<Parameters<typeof withResponse>[0]>[0];
test.each<[string, (client: Client, call: Call) => Promise<unknown>, unknown]>([
  [
    "listQualifications",
    ({ qualifications }, call) => qualifications.list(customerId, call),
    [item],
  ],
  [
    "requestQualification",
    ({ qualifications }, call) => qualifications.request(customerId, education, call),
    item,
  ],
  ["listValidationCodes", ({ validationCodes }, call) => validationCodes.list(call), []],
  ["getCustomer", ({ customers }, call) => customers.get(customerId, call), customer],
  ["listCustomers", ({ customers }, call) => customers.list(call).next(), customer],
  [
    "getValidationStatus",
    ({ customers }, call) => customers.validationStatus(customerId, call),
    { status: "Allowed" },
  ],
])("gives the response of %s", async (operation, run, body) => {
  const { client } = world([json(body)]);
  const { response } = await withResponse((call) => run(client, call));
  expect(response).toMatchObject({ operation, status: 200, attempts: 1 });
});

test("gives the response of every poll", async () => {
  const pending = { ...item, vettingStatus: "InReview" };
  const { client } = world([json(pending, 201), json([pending]), json([item])]);
  const vetting = await client.qualifications.request(customerId, education);
  const seen: CallResponse[] = [];
  await vetting.pollUntilDone({ onResponse: (response) => void seen.push(response) });
  expect(seen.map(({ operation, text }) => [operation, text])).toEqual([
    ["listQualifications", JSON.stringify([pending])],
    ["listQualifications", JSON.stringify([item])],
  ]);
});

test("returns the response of the result after a lost first one", async () => {
  const { client } = world([
    new TypeError("reset"),
    json([{ ...item, vettingStatus: "InReview" }]),
  ]);
  const { data, response } = await withResponse((call) =>
    client.qualifications.request(customerId, education, call),
  );
  expect(data.write).toBe("created");
  expect(response).toMatchObject({ operation: "requestQualification", attempts: 2 });
});

test("calls onResponse for a rejected call too, once, after the retries", async () => {
  const { client } = world([json({}, 503), json({ code: "20002" }, 409)]);
  const seen: CallResponse[] = [];
  const error = await failureOf(
    client.qualifications.list(customerId, { onResponse: (response) => void seen.push(response) }),
  );
  expect(error.kind).toBe("conflict");
  expect(seen.map(({ status, attempts }) => [status, attempts])).toEqual([[409, 2]]);
});

test("logs the failure of onResponse and returns the result", async () => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => {});
  onTestFinished(() => logged.mockRestore());
  const { client } = world([json([])]);
  const failure = new RangeError("own");
  const onResponse = () => {
    throw failure;
  };
  expect(await client.validationCodes.list({ onResponse })).toEqual([]);
  expect(logged.mock.calls).toEqual([["The hook onResponse failed:", failure]]);
});

test("rejects a withResponse function without the given options", async () => {
  const { client } = world([json([])]);
  expect(await failureOf(withResponse(() => client.validationCodes.list()))).toMatchObject({
    kind: "invalidRequest",
    message: "withResponse must call a client method with the options that it passes",
  });
});
