import {
  ConnectionError,
  PartnerCenterError,
  type QualificationsClient,
  ServerError,
  TimeoutError,
} from "@partner-qualifications/client";
import { type FaultKind, type TestCustomer, testCustomers } from "@partner-qualifications/mock";
import { describe, expect, test } from "vitest";
import { domainMethods } from "./domain-methods.ts";
import { errorClassOf, parsed } from "./expected-error.ts";
import { operations } from "./documented-answers.ts";
import { type RecordedWorld, recordedWorld } from "./recorded-world.ts";

// The client and each test customer. The mock's description of the customer determines the expected
// result, so a new one needs no new test.

const education = { qualification: "Education", educationSegment: "K12" } as const;
const government = { qualification: "GovernmentCommunityCloud", validationCode: "12345" } as const;
const summaryOf = ({ summary }: TestCustomer) => summary;
const named = (which: (customer: TestCustomer) => unknown) =>
  testCustomers.filter(which).map((customer) => [summaryOf(customer), customer] as const);

test("covers each test customer below", () => {
  const {
    id: _,
    summary: __,
    companyName: ___,
    ...members
  } = Object.assign({}, ...testCustomers) as TestCustomer;
  expect(Object.keys(members).toSorted()).toEqual([
    "accountStatus",
    "burst",
    "education",
    "faults",
    "holds",
    "refusal",
    "revokedAfter",
    "throttle",
    "validationCodesExhausted",
    "vettingReason",
  ]);
});

describe.each(named(({ refusal }) => refusal))("%s", (_, { id, refusal }) => {
  const { status = 0, code = "", description, only } = refusal ?? {};

  test.each(Object.entries(domainMethods))("%s", async (__, { operationId, call, value }) => {
    await using it = await recordedWorld();
    const operation = operations.find((one) => one.id === operationId);
    const isAbout = operation?.path.includes("{customer_id}");
    const isRefused = isAbout && (!only || operation?.method !== "GET");
    const result = await call(it.client, id).catch((reason: unknown) => reason);
    const reported = { status, code: String(code), description, attempts: 1 };
    if (isRefused) expectError(result, reported);
    else expectValue(result, value(it.exchanges.map(({ reply }) => parsed(reply.body))));
    expect(it.faultsOfRequests()).toEqual([]);
  });
});

function expectError(result: unknown, reported: { status: number }): void {
  expect(result).toBeInstanceOf(PartnerCenterError);
  expect(result).toBeInstanceOf(errorClassOf(reported.status));
  expect(result).toMatchObject(reported);
}

function expectValue(result: unknown, value: unknown): void {
  expect(result).toEqual(value);
}

/** The outcome of a vetting, and the later state. */
const ends = {
  approved: ["Approved", "Approved"],
  denied: ["Denied", "Denied"],
  revoked: ["Approved", "Denied"],
  undecided: ["InReview", "InReview"],
};
/** Longer than any vetting, in milliseconds. */
const tenDays = 10 * 24 * 60 * 60 * 1000;

test.each(named((customer) => customer.education))(
  "%s: polls a vetting to its end",
  async (_, { id, education: outcome = "approved", vettingReason, revokedAfter = "P30D" }) => {
    await using it = await recordedWorld();
    const vetting = await it.client.qualifications.request(id, education);
    expect(vetting).toMatchObject({ write: "created", item: { vettingStatus: "InReview" } });

    const seen: (string | undefined)[] = [];
    const reasons: (string | undefined)[] = [];
    for await (const { status, item } of it.client.qualifications.resume(String(vetting))) {
      if (status !== seen.at(-1)) seen.push(status);
      reasons.push(item?.vettingReason);
      if (it.waits.reduce((a, b) => a + b, 0) > tenDays) break;
    }
    const [end, later] = ends[outcome];
    expect(seen).toEqual([...new Set(["InReview", end])]);
    expect(reasons.at(-1)).toBe(end === "Denied" ? vettingReason : undefined);

    it.mock.advance(revokedAfter);
    expect(await it.client.qualifications.list(id)).toEqual([
      {
        qualification: "Education",
        vettingStatus: later,
        vettingCreateDate: "2026-01-05T09:00:00Z",
        ...(later === "Denied" && { vettingReason }),
      },
    ]);
    expect(it.faultsOfRequests()).toEqual([]);
  },
);

test.each(named(({ holds }) => holds))("%s", async (_, { id, holds = [] }) => {
  await using it = await recordedWorld();
  const listed = await it.client.qualifications.list(id);
  expect(listed.map(({ qualification }) => qualification)).toEqual(holds);
});

test.each(named(({ validationCodesExhausted }) => validationCodesExhausted))(
  "%s",
  async (_, { id }) => {
    await using it = await recordedWorld();
    const asked = it.client.qualifications.request(id, government);
    await expect(asked).rejects.toMatchObject({ kind: "badRequest", code: "3000" });
  },
);

test.each(named(({ accountStatus }) => accountStatus))(
  "%s: returns its status",
  async (_, customer) => {
    await using it = await recordedWorld();
    const { status } = await it.client.customers.validationStatus(customer.id);
    expect(status).toBe(customer.accountStatus);
  },
);

test.each(named(({ burst }) => burst))("%s: writes a request once", async (_, { id, burst }) => {
  await using it = await recordedWorld();
  const vetting = await it.client.qualifications.request(id, education);
  expect(vetting.write).toBe("created");
  const statuses = it.exchanges.map(({ reply }) => reply.status);
  expect(statuses).toEqual([...Array(burst?.length).fill(burst?.status), 201]);
  expect(await it.client.qualifications.list(id)).toHaveLength(1);
  expect(it.faultsOfRequests()).toEqual([]);
});

test.each(named(({ throttle }) => throttle))(
  "%s: waits for Retry-After",
  async (_, { id, throttle }) => {
    await using it = await recordedWorld();
    const lists = Array.from({ length: (throttle?.requests ?? 0) + 1 }, () =>
      it.client.qualifications.list(id),
    );
    expect(await Promise.all(lists)).toEqual(lists.map(() => []));
    const reported = it.exchanges.flatMap(({ reply }) => reply.headers["retry-after"] ?? []);
    expect(reported).toHaveLength(1);
    // Plus half of the maximum jitter of a tenth.
    expect(it.waits).toHaveLength(1);
    expect(it.waits[0]! / Number(reported[0])).toBeCloseTo(1050, -1.5);
  },
);

type FaultOfReply = Exclude<FaultKind, "auditDelay" | "auditHidden">;

/** Expected results of a request and a list when responses have a fault. */
const withFault: Record<FaultOfReply, (it: RecordedWorld, id: string) => Promise<void>> = {
  byteOrderMark: isUnderstood,
  createdDate: isUnderstood,
  longDate: isUnderstood,
  wrapper: isUnderstood,
  reset: isUnderstood,
  truncated: (it, id) => failsWith(ConnectionError, it.client, id),
  htmlPage: (it, id) => failsWith(ServerError, it.client, id),
  latency: (it, id) => failsWith(TimeoutError, it.client, id),
  wrongContentType: isUnderstood,
  failure: () => Promise.reject(new Error("No test customer has it")),
};

test.each(named(({ faults }) => faults))("%s", async (_, { id, faults = [] }) => {
  const isLate = faults.some(({ kind }) => kind === "latency");
  await using it = await recordedWorld({ client: { timeoutMs: isLate ? 200 : 20_000 } });
  for (const { kind } of faults) await withFault[kind as FaultOfReply](it, id);
  expect(it.faultsOfRequests()).toEqual([]);
});

async function isUnderstood(it: RecordedWorld, id: string): Promise<void> {
  const vetting = await it.client.qualifications.request(id, education);
  expect(vetting).toMatchObject({ write: "created", item: { vettingStatus: "InReview" } });
  expect(await it.client.qualifications.list(id)).toEqual([
    {
      qualification: "Education",
      vettingStatus: "InReview",
      vettingCreateDate: expect.stringMatching(/^2026-01-05T09:00:0\d(\.\d+)?(Z|\+00:00)$/),
    },
  ]);
}

async function failsWith(
  error: typeof ConnectionError | typeof ServerError | typeof TimeoutError,
  { qualifications }: QualificationsClient,
  id: string,
): Promise<void> {
  await expect(qualifications.list(id)).rejects.toBeInstanceOf(error);
}
