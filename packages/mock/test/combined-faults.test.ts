/* oxlint-disable vitest/expect-expect -- each combination expects */

import { once } from "node:events";
import { expect, test } from "vitest";
import { type Exchange, type Fault, type FaultKind, type Mock, startMock } from "../src/index.ts";
import { bundledContract } from "./bundled-contract.ts";
import { submit, list, school } from "./call.ts";
import { raw } from "./raw.ts";

/** All that act on a reply; those of audit records are in audit-records.test.ts. */
const faults: Record<Exclude<FaultKind, "auditDelay" | "auditHidden">, Fault> = {
  failure: { kind: "failure", status: 503 },
  latency: { kind: "latency", delay: "PT0.001S" },
  reset: { kind: "reset" },
  truncated: { kind: "truncated" },
  htmlPage: { kind: "htmlPage" },
  wrongContentType: { kind: "wrongContentType" },
  byteOrderMark: { kind: "byteOrderMark" },
  wrapper: { kind: "wrapper" },
  createdDate: { kind: "createdDate" },
  longDate: { kind: "longDate" },
};
const kinds = Object.keys(faults) as (keyof typeof faults)[];

/** Returns every choice of `count` kinds, in every order. */
function orders(count: number): (keyof typeof faults)[][] {
  if (count === 0) return [[]];
  return orders(count - 1).flatMap((some) =>
    kinds.filter((kind) => !some.includes(kind)).map((kind) => some.concat(kind)),
  );
}

const post = [
  `POST /v1/customers/${school}/qualifications HTTP/1.1`,
  "Host: a",
  "Authorization: Bearer any",
  "Content-Type: application/json",
  "Content-Length: 29",
  "Connection: close",
  "",
  '{"qualification":"Education"}',
].join("\r\n");

/** Expects the reply to a POST under faults to have all their effects, in any order. */
function expectAll(answer: string, wanted: ReadonlySet<FaultKind>): void {
  if (wanted.has("reset")) return expect(answer).toBe("");
  const [head = "", ...rest] = answer.split("\r\n\r\n");
  const body = rest.join("\r\n\r\n");
  const [status, type] = wanted.has("htmlPage")
    ? [502, "text/html"]
    : [wanted.has("failure") ? 503 : 201, "application/json; charset=utf-8"];
  expect(head).toMatch(`HTTP/1.1 ${status} `);
  const shown = wanted.has("wrongContentType") ? "text/plain" : type;
  expect(head).toContain(`content-type: ${shown}\r\n`);
  const length = Number(/content-length: (\d+)/.exec(head)?.[1]);
  if (wanted.has("truncated")) {
    expect(body.length).toBeGreaterThan(0);
    return expect(body.length).toBeLessThan(length);
  }
  expect(body).toHaveLength(length);
  const mark = Buffer.from("\ufeff").toString("latin1");
  expect(body.startsWith(mark)).toBe(wanted.has("byteOrderMark"));
  const text = body.replace(mark, "");
  if (wanted.has("htmlPage")) return expect(text).toMatch(/^<html>/);
  if (wanted.has("failure")) return expect(JSON.parse(text)).not.toHaveProperty("qualification");
  const name = wanted.has("createdDate") ? "vettingCreatedDate" : "vettingCreateDate";
  const date = wanted.has("longDate")
    ? "2020-12-07T09:00:00.0000000+00:00"
    : "2020-12-07T09:00:00Z";
  const item = { qualification: "Education", vettingStatus: "InReview", [name]: date };
  return expect(JSON.parse(text)).toEqual(
    wanted.has("wrapper") ? { qualifications: [item] } : item,
  );
}

/** Requests a qualification under faults, and returns the reply once its effects hold. */
async function expectCombined(
  mock: Mock,
  log: Exchange[],
  some: (keyof typeof faults)[],
): Promise<string> {
  mock.control.reset();
  log.length = 0;
  mock.control.addFaults(...some.map((kind) => faults[kind]));
  const answer = await raw(mock.url, post);
  const wanted = new Set(some);
  expectAll(answer, wanted);
  expect(mock.control.faults).toEqual([]);
  const { entries } = mock.control.journal().log;
  expect([entries.length, log.length]).toEqual([1, 1]);
  const { status, comment } = entries[0]?.response ?? {};
  const cut = (["reset", "truncated"] as const).find((kind) => wanted.has(kind));
  expect(status).toBe(cut === "reset" ? 0 : Number(answer.slice(9, 12)));
  expect(comment).toBe(cut && `The connection was closed on purpose (${cut}).`);
  const held = (await (await list(mock, school)).json()) as object[];
  expect(held).toHaveLength(wanted.has("failure") ? 0 : 1);
  return answer;
}

test.each([2, 3])("applies any %i faults together, in any order", async (count) => {
  const log: Exchange[] = [];
  await using mock = await startMock({
    clock: "manual",
    now: "2020-12-07T09:00:00Z",
    seed: 1,
    log: (exchange) => log.push(exchange),
  });
  const known = new Map<string, string>();
  const all = orders(count);
  const sample = process.env.SWEEPS ? all : all.filter((_, index) => index % count === 0);
  for (const some of sample) {
    const answer = await expectCombined(mock, log, some).catch((error: Error) => {
      throw new Error(`${some.join(", ")}: ${error.message}`, { cause: error });
    });
    const set = some.toSorted().join();
    expect(known.get(set) ?? answer).toBe(answer);
    known.set(set, answer);
  }
});

test("combines a test customer's faults with added ones", async () => {
  await using mock = await startMock({
    customers: [{ id: school, summary: "", faults: [{ kind: "byteOrderMark" }] }],
  });
  mock.control.addFaults({ kind: "wrapper" }, { kind: "byteOrderMark" });
  const bytes = Buffer.from(await (await list(mock, school)).arrayBuffer());
  expect(bytes.toString()).toBe('\ufeff{"qualifications":[]}');
});

test("answers, logs and journals a reply after sending fails", async () => {
  const contract = bundledContract();
  contract.components.headers["WWW-Authenticate"].example = "a\nb";
  const log: Exchange[] = [];
  await using mock = await startMock({ contract, log: (exchange) => log.push(exchange) });
  mock.failNext(401);
  const answer = await list(mock, school);
  expect([answer.status, await answer.text()]).toEqual([
    500,
    expect.stringMatching(/The mock failed.*www-authenticate/i),
  ]);
  expect(log.map(({ reply }) => reply.status)).toEqual([500]);
  expect(mock.control.journal().log.entries.map(({ response }) => response.status)).toEqual([500]);
});

test("answers and journals a request after its log callback throws, and warns", async () => {
  await using mock = await startMock({
    log: () => {
      throw new Error("The disk is full");
    },
  });
  const warned = once(process, "warning") as Promise<[Error]>;
  expect((await submit(mock, school)).status).toBe(201);
  expect(mock.control.journal().log.entries).toHaveLength(1);
  expect((await warned)[0].message).toContain("The disk is full");
});
