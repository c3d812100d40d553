import { type Mock, startMock } from "@partner-qualifications/mock";
import { contract } from "@partner-qualifications/spec/model";
import { beforeAll, expect, test } from "vitest";
import { checks, runSuite } from "@partner-qualifications/contract-suite";
import { type Spoil, spoilingServer } from "../spoiling-server.ts";

// A real server that answers wrongly in one way makes each check fail. The coverage phase shows that they
// hold otherwise.

const least = "coverage/getCustomer/valid/least";
const without = (headers: Record<string, string>, name: string) => {
  const { [name]: _, ...rest } = headers;
  return rest;
};

const vetting = "coverage/requestQualification/vetting/00000000-0000-4000-8000-0000000000a1";
const replay = "coverage/requestQualification/replay/education";
const throttled = "coverage/listQualifications/throttled";

/** How a response is spoiled, the check that must report it, and the case in which it does. */
const spoilers: [check: string, what: string, only: string, spoil: Spoil][] = [
  ["not_a_server_error", "a 500", least, () => ({ status: 500 })],
  ["not_a_server_error", "a lost connection", least, () => "cut"],
  ["status_code_conformance", "a status that is not documented", least, () => ({ status: 202 })],
  [
    "content_type_conformance",
    "an undocumented media type",
    least,
    ({ headers }) => ({ headers: { ...headers, "content-type": "text/html" } }),
  ],
  [
    "content_type_conformance",
    "a malformed media type",
    least,
    ({ headers }) => ({ headers: { ...headers, "content-type": "application/json; charset==" } }),
  ],
  [
    "content_type_conformance",
    "no media type",
    least,
    ({ headers }) => ({ headers: without(headers, "content-type") }),
  ],
  [
    "response_headers_conformance",
    "a missing required header",
    least,
    ({ headers }) => ({ headers: without(headers, "ms-correlationid") }),
  ],
  [
    "response_headers_conformance",
    "a header that violates its schema",
    least,
    ({ headers }) => ({ headers: { ...headers, "ms-requestid": "{1}" } }),
  ],
  [
    "response_schema_conformance",
    "a member of the wrong type",
    least,
    ({ body }) => ({
      body: body.replace('"allowDelegatedAccess":true', '"allowDelegatedAccess":1'),
    }),
  ],
  ["response_schema_conformance", "half a body", least, ({ body }) => ({ body: body.slice(9) })],
  [
    "negative_data_rejection",
    "accepted invalid input",
    "coverage/getCustomer/path/customer_id/3",
    () => ({ status: 200 }),
  ],
  [
    "negative_data_rejection",
    "an ignored Accept",
    "coverage/getCustomer/accept/0",
    () => ({ status: 200 }),
  ],
  ["positive_data_acceptance", "good input refused", least, () => ({ status: 400 })],
  [
    "missing_required_header",
    "no Authorization needed",
    "coverage/getCustomer/token/none",
    () => ({ status: 200 }),
  ],
  [
    "unsupported_method",
    "an undocumented method",
    "coverage/getCustomer/method/DELETE",
    () => ({ status: 200 }),
  ],
  [
    "unsupported_method",
    "405 without Allow",
    "coverage/getCustomer/method/DELETE",
    ({ headers }) => ({ headers: without(headers, "allow") }),
  ],
  [
    "allow_header_conformance",
    "an Allow with too many methods",
    "coverage/getCustomer/method/OPTIONS",
    ({ headers }) => ({ headers: { ...headers, allow: "GET, DELETE" } }),
  ],
  [
    "ensure_resource_availability",
    "a missing created resource",
    replay,
    ({ body }, { method }) =>
      method === "GET" && body.startsWith("[{") ? { body: "[]" } : undefined,
  ],
  [
    "ignored_auth",
    "an accepted expired token",
    "coverage/getCustomer/token/bad/2",
    () => ({ status: 200 }),
  ],
  [
    "ignored_auth",
    "an app-only token accepted for a write",
    "coverage/requestQualification/token/appOnly",
    () => ({ status: 201 }),
  ],
  [
    "ignored_auth",
    "a user's token refused",
    "coverage/requestQualification/token/appUser",
    () => ({ status: 403 }),
  ],
  ["max_response_time", "late answers", least, () => {}],
  [
    "idempotent_replay",
    "another response to the same identifier",
    replay,
    ({ body }, { method }) =>
      method === "POST" ? { body: body.replace("Z", `${counted++}Z`) } : undefined,
  ],
  [
    "idempotent_replay",
    "a second effect of the same identifier",
    replay,
    ({ body }, { url }) =>
      url.endsWith("/validations")
        ? { body: body.replace(/\d/, String(counted++ % 10)) }
        : undefined,
  ],
  [
    "vetting_only_moves_forward",
    "a vetting that goes back",
    vetting,
    ({ body }, { method, count }) =>
      method === "GET" && count > 8 ? { body: body.replace("Approved", "InReview") } : undefined,
  ],
  [
    "retry_after_tells_the_truth",
    "a second too short",
    `${throttled}/waits`,
    ({ headers }) => sooner(headers, -1),
  ],
  [
    "retry_after_tells_the_truth",
    "a second too long",
    `${throttled}/hurries`,
    ({ headers }) => sooner(headers, 1),
  ],
  [
    "identifiers_echoed",
    "a replaced identifier",
    "coverage/getCustomer/valid/all",
    ({ headers }) => ({
      headers: { ...headers, "ms-requestid": "9daaeb1c-4195-4db5-9f1d-509eb70c8c2d" },
    }),
  ],
];

let counted = 0;

function sooner(headers: Record<string, string>, by: number) {
  const after = headers["retry-after"];
  return after === undefined
    ? undefined
    : { headers: { ...headers, "retry-after": String(Number(after) + by) } };
}

// Each run resets it.
let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ clock: "manual" });
  return () => mock.close();
}, 60_000);

async function run(only: string, spoil: Spoil, maxResponseTime: number) {
  await using server = await spoilingServer(mock.url, spoil);
  const target = { baseUrl: server.url, control: mock.url, timeoutMs: 60_000 };
  return await runSuite({ contract, target, phases: ["coverage"], only, maxResponseTime });
}

test.each(spoilers)(
  "%s reports %s",
  async (check, _, only, spoil) => {
    const isLate = check === "max_response_time";
    const found = await run(only, spoil, isLate ? 0.001 : 60_000);
    expect(found.failures.map((failure) => failure.check)).toContain(check);
    const [failure] = found.failures;
    expect(failure?.replay).toBe(`--phase coverage --only '${only}'`);
    expect(failure?.curl).toMatch(/^curl -i --path-as-is -X [A-Z]+ http/);
  },
  60_000,
);

test("makes every applicable check fail", () => {
  const spoiled = new Set(spoilers.map(([check]) => check));
  const can = checks.filter((check) => check.inapplicable?.(contract) === undefined);
  expect(can.map(({ name }) => name).filter((name) => !spoiled.has(name))).toEqual([]);
});

test("gives a reason for each inapplicable check", () => {
  const reasons = checks.map((check) => [check.name, check.inapplicable?.(contract)]);
  expect(reasons.filter(([, why]) => why !== undefined)).toEqual([
    ["use_after_free", "no operation uses DELETE"],
  ]);
});
