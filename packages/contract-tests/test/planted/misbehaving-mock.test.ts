import { gapsOf, runSuite } from "@partner-qualifications/contract-suite";
import { startMock } from "@partner-qualifications/mock";
import { contract } from "@partner-qualifications/spec/model";
import { expect, test } from "vitest";
import { type Asked, type Spoil, spoilingServer } from "../spoiling-server.ts";

// A proxy makes the real mock misbehave in one way, which the suite must report. ../checks and
// ../relations do this for single checks and relations.

interface Defect {
  /** The case that reveals it. */
  only: string;
  /** The suite's first report: a check, or a gap in the coverage. */
  reports: string;
  make(): { spoil?: Spoil; rewrite?: (asked: Asked) => Partial<Asked> | undefined };
}

const replay = "coverage/requestQualification/replay/education";
const denied = "coverage/requestQualification/vetting/00000000-0000-4000-8000-00000000de01";
const school = "coverage/requestQualification/vetting/00000000-0000-4000-8000-0000000000a1";
const least = "coverage/getCustomer/valid/least";

const isRequest = ({ method, url }: Asked) => method === "POST" && url.includes("/qualifications");
const isList = ({ method, url }: Asked) => method === "GET" && url.endsWith("/qualifications");

/**
 * Gives the requests after the first `count` a new MS-RequestId, as if the mock had forgotten the first
 * one.
 */
function forgetting(count: number): Defect["make"] {
  return () => {
    let requests = 0;
    return {
      rewrite: (asked) =>
        isRequest(asked) && requests++ >= count
          ? { headers: { ...asked.headers, "ms-requestid": crypto.randomUUID() } }
          : undefined,
    };
  };
}

const withoutMember = (name: string) => (text: string) =>
  JSON.stringify(JSON.parse(text, (key, value: unknown) => (key === name ? undefined : value)));

const defects: Record<string, Defect> = {
  "answers a request for a qualification with 200": {
    only: replay,
    reports: "status_code_conformance",
    make: () => ({
      spoil: ({ status }, asked) =>
        isRequest(asked) && status === 201 ? { status: 200 } : undefined,
    }),
  },
  "carries out a repeated request twice": {
    only: replay,
    reports: "idempotent_replay",
    make: forgetting(1),
  },
  "forgets an MS-RequestId within a day": {
    only: replay,
    reports: "idempotent_replay",
    make: forgetting(2),
  },
  "gives another body under a used MS-RequestId the first answer": {
    only: replay,
    reports: "idempotent_replay",
    make: () => {
      let first = "";
      return {
        spoil: ({ status, body }, asked) => {
          if (!isRequest(asked)) return undefined;
          if (status === 201) first = body;
          return { status: 201, body: first };
        },
      };
    },
  },
  "generates a new MS-CorrelationId": {
    only: "coverage/getCustomer/valid/all",
    reports: "identifiers_echoed",
    make: () => ({
      spoil: ({ headers }) => ({
        headers: { ...headers, "ms-correlationid": crypto.randomUUID() },
      }),
    }),
  },
  "returns an error without a description": {
    only: "coverage/getCustomer/path/customer_id/3",
    reports: "response_schema_conformance",
    make: () => ({ spoil: ({ body }) => ({ body: withoutMember("description")(body) }) }),
  },
  "returns an undocumented member": {
    only: least,
    reports: "undocumented",
    make: () => ({ spoil: ({ body }) => ({ body: body.replace("{", '{"internalId":7,') }) }),
  },
  "denies without a reason": {
    only: denied,
    reports: "only-a-denial-has-a-reason",
    make: () => ({
      spoil: ({ body }, asked) =>
        isList(asked) ? { body: withoutMember("vettingReason")(body) } : undefined,
    }),
  },
  "forgets the day of a request": {
    only: school,
    reports: "vetting_only_moves_forward",
    make: () => ({
      spoil: ({ body }, asked) =>
        isList(asked) ? { body: withoutMember("vettingCreateDate")(body) } : undefined,
    }),
  },
  "approves at once": {
    only: school,
    reports: "ensure_resource_availability",
    make: () => ({
      spoil: ({ body }, asked) =>
        isList(asked) ? { body: body.replace("InReview", "Approved") } : undefined,
    }),
  },
  "lets one request pass the limit": {
    only: "coverage/listQualifications/throttled/hurries",
    reports: "retry_after_tells_the_truth",
    make: () => {
      let refused = 0;
      return {
        spoil: ({ status }) =>
          status === 429 && refused++ > 0 ? { status: 200, body: "[]" } : undefined,
      };
    },
  },
};

async function reportsOf({ only, make }: Defect): Promise<string[]> {
  const { spoil = () => {}, rewrite } = make();
  await using mock = await startMock({ clock: "manual" });
  await using server = await spoilingServer(mock.url, spoil, rewrite ? { rewrite } : {});
  const target = { baseUrl: server.url, control: mock.url, timeoutMs: 60_000 };
  const result = await runSuite({
    contract,
    target,
    phases: ["coverage"],
    only,
    maxResponseTime: 60_000,
  });
  const gaps = gapsOf(result.matrix).filter((gap) => gap.startsWith("undocumented"));
  return [...result.failures.map(({ check }) => check), ...gaps];
}

const nothing: Defect["make"] = () => ({});

test.each(Object.entries(defects))(
  "reports a mock that %s",
  async (_, defect) => {
    // The same cases pass without the defect.
    expect(await reportsOf({ ...defect, make: nothing })).toEqual([]);
    expect((await reportsOf(defect)).join("\n")).toContain(defect.reports);
  },
  60_000,
);
