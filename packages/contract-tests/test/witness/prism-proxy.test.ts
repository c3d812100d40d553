import assert from "node:assert/strict";
import { testCustomers } from "@partner-qualifications/mock";
import { beforeAll, expect, test } from "vitest";
import { causeAnswer } from "../conformance/cause-answer.ts";
import { answersOf, operations } from "../conformance/documented-answers.ts";
import { domainMethods } from "../conformance/domain-methods.ts";
import { exampleValues, httpCall } from "../conformance/http-call.ts";
import { type RecordedWorld, recordedWorld } from "../conformance/recorded-world.ts";
import { startWitness, type Witness } from "./start-witness.ts";
import { letDaysPass, runWorkflow } from "../workflows/run-workflow.ts";
import { runs } from "../workflows/runs.ts";

// Sends the examples and workflows through an independent validator, an unmodified `prism proxy
// --errors`, which must find nothing.

let it: RecordedWorld;
let witness: Witness;

beforeAll(async () => {
  it = await recordedWorld({
    // Sends each request once.
    client: { retry: { maxAttempts: 1 } },
    mock: { log: (exchange) => letDaysPass(it.mock, exchange) },
    baseUrl: async ({ url }) => {
      witness = await startWitness(url);
      return witness.url;
    },
  });
  return async () => {
    const found = await witness.close();
    await it[Symbol.asyncDispose]();
    assert.deepEqual(found, []);
  };
}, 60_000);

test.each(operations)(
  "$id passes the Prism proxy",
  async (operation) => {
    const missing = countFromHere();
    for (const answer of answersOf(operation).filter(isKeptByTheMock)) {
      it.mock.control.reset();
      causeAnswer(it.mock, answer);
      const values = exampleValues(operation, ({ required }) => required || answer.status < 300);
      const { response } = await httpCall(it, operation, values);
      expect(response.status).toBe(answer.status);
    }
    for (const body of examplesOfBodies(operation)) {
      it.mock.control.reset();
      const { response } = await httpCall(it, { ...operation, body });
      expect(response.status).toBe(it.exchanges.at(-1)?.reply.status);
    }
    expect(missing()).toBe(0);
  },
  60_000,
);

test("calls about the test customers pass the Prism proxy", async () => {
  const missing = countFromHere();
  for (const { id } of testCustomers.filter(({ faults }) => !faults)) {
    it.mock.control.reset();
    for (const { call } of Object.values(domainMethods)) await call(it.client, id).catch(() => {});
  }
  expect(missing()).toBe(0);
}, 60_000);

const workflows = process.env.SWEEPS ? Object.entries(runs) : Object.entries(runs).slice(0, 1);

test.each(workflows)(
  "workflow %s passes the Prism proxy",
  async (name, run) => {
    expect(await runWorkflow(name, run, it.mock, witness.url)).toEqual(run.attempts);
  },
  60_000,
);

/** The proxy adds no replies and no retries. */
function countFromHere() {
  const [sent, arrived] = [it.sentHeaders.length, it.exchanges.length];
  return () => it.sentHeaders.length - sent - (it.exchanges.length - arrived);
}

/** An HTML page is a fault of the mock, without the contract's headers. */
function isKeptByTheMock({ mediaType }: { mediaType: string }): boolean {
  return mediaType !== "text/html";
}

/** Prism's proxy drops the quotes of a body that is a JSON string, so it cannot pass. */
function examplesOfBodies({ body }: (typeof operations)[number]) {
  const bodies = [];
  for (const [mediaType, media] of Object.entries(body?.content ?? {})) {
    for (const example of Object.values(media.examples)) {
      const content = { [mediaType]: { ...media, examples: { example } } };
      if (body && typeof example.value !== "string") bodies.push({ ...body, content });
    }
  }
  return bodies;
}
