import { PartnerCenterError } from "@partner-qualifications/client";
import type { Exchange } from "@partner-qualifications/mock";
import { describe, expect, test } from "vitest";
import { causeAnswer, expectedAttempts } from "./cause-answer.ts";
import { answersOf, operations } from "./documented-answers.ts";
import { domainMethods, drivenElsewhere, methodsOf } from "./domain-methods.ts";
import { errorClassOf, expectedWords, parsed } from "./expected-error.ts";
import { exampleValues, httpCall } from "./http-call.ts";
import { recordedWorld, transports } from "./recorded-world.ts";

// Causes every documented response in the mock, through the client, and expects the right value or error
// and valid requests.

const school = "11111111-2222-3333-4444-555555555555";

const answers = operations.flatMap((operation) =>
  answersOf(operation).map((answer) => Object.assign(answer, { operation })),
);
const byMethod = Object.entries(domainMethods).flatMap(([name, method]) =>
  answers
    .filter(({ operationId }) => operationId === method.operationId)
    .map((answer) => ({ answer, name, method, title: `${answer.status} ${answer.mediaType}` })),
);
const isGood = ({ status }: { status: number }) => status < 300;

describe.each(transports)("over %s", (transport) => {
  test.each(answers)("http: $operationId $status $mediaType", async (answer) => {
    await using it = await recordedWorld({ transport });
    causeAnswer(it.mock, answer);
    // Successes need all parameters; failures only the required ones.
    const values = exampleValues(answer.operation, ({ required }) => required || isGood(answer));
    const { data, error, response } = await httpCall(it, answer.operation, values);

    const sent = attemptsOf(it.exchanges, answer.operation.method);
    const headers = inLowerCase(asTexts(values.header));
    expect(response.status).toBe(answer.status);
    expect(response.headers.get("content-type")?.split(";")[0]).toBe(answer.mediaType);
    expect(isGood(answer) ? data : error).toEqual(parsed(sent.at(-1)?.reply.body ?? ""));
    expect(isGood(answer) ? error : data).toBeUndefined();
    expectOneCall(sent, expectedAttempts(answer.operation.retry, answer.status));
    for (const { message } of sent) {
      expect(Object.fromEntries(message.url.searchParams)).toEqual(asTexts(values.query));
      expect(Object.keys(message.headers)).toEqual(expect.arrayContaining(Object.keys(headers)));
    }
    for (const handed of it.sentHeaders) expect(handed).toMatchObject(headers);
    expectTokens(it.sentHeaders);
    expect(it.faultsOfRequests()).toEqual([]);
  });

  const [good, bad] = [true, false].map((wanted) =>
    byMethod.filter(({ answer }) => isGood(answer) === wanted),
  );

  test.each(good ?? [])("$name returns the value of $title", async ({ answer, method }) => {
    await using it = await recordedWorld({ transport });
    causeAnswer(it.mock, answer);
    const value = await method.call(it.client, school);
    expect(it.exchanges.map(({ reply }) => reply.status)).toContain(answer.status);
    expect(value).toEqual(method.value(it.exchanges.map(({ reply }) => parsed(reply.body))));
    expect(it.faultsOfRequests()).toEqual([]);
  });

  test.each(bad ?? [])("$name throws the error of $title", async ({ method, answer }) => {
    const { operation } = answer;
    // No record of a request that was not carried out ever appears.
    await using it = await recordedWorld({ transport, client: { auditWaitMs: 0 } });
    causeAnswer(it.mock, answer);
    const error = await method.call(it.client, school).catch((reason: unknown) => reason);

    const sent = attemptsOf(it.exchanges, operation.method);
    const { message, reply } = sent.at(-1) as Exchange;
    expect(error).toBeInstanceOf(PartnerCenterError);
    expect(error).toBeInstanceOf(errorClassOf(answer.status));
    const retryAfter = reply.headers["retry-after"];
    expect(error).toMatchObject({
      status: answer.status,
      operation: answer.operationId,
      requestId: message.headers["ms-requestid"],
      correlationId: message.headers["ms-correlationid"],
      attempts: sent.length,
      retryAfterMs: retryAfter && Number(retryAfter) * 1000,
      ...expectedWords(reply.body),
    });
    expectOneCall(sent, expectedAttempts(operation.retry, answer.status));
    // The client replaces a rejected token at once.
    const waited = sent.slice(0, -1).filter((one) => one.reply.status !== 401);
    // A wait for the throttle ends at a fixed time, so elapsed time shortens it.
    expect(it.waits).toEqual(waited.map((one, index) => expectAbout(waitAfter(one, index))));
    expect(it.faultsOfRequests()).toEqual([]);
  });
});

test("drives every method of the client", async () => {
  await using it = await recordedWorld();
  const driven = [...Object.keys(domainMethods), ...Object.keys(drivenElsewhere)];
  expect(methodsOf(it.client).toSorted()).toEqual(driven.toSorted());
  const known = operations.map(({ id }) => id);
  const meant = Object.values(domainMethods).map(({ operationId }) => operationId);
  expect(known).toEqual(expect.arrayContaining(meant));
});

test("documents every retried status", () => {
  for (const operation of operations) {
    const statuses = answersOf(operation).map(({ status }) => status);
    expect(statuses).toEqual(expect.arrayContaining(operation.retry?.statuses ?? []));
  }
});

/** The attempts of the call, without the check for a lost request. */
function attemptsOf(exchanges: Exchange[], method: string): Exchange[] {
  return exchanges.filter(({ message }) => message.method === method);
}

/** Expects all attempts of a call to be the same request with the same identifiers. */
function expectOneCall(sent: Exchange[], attempts: number): void {
  expect(sent).toHaveLength(attempts);
  const reported = sent.map(({ message: { url, headers, body } }) => ({
    url: url.href,
    requestId: headers["ms-requestid"],
    correlationId: headers["ms-correlationid"],
    body: body.text,
  }));
  expect(reported).toEqual(reported.map(() => reported[0]));
  expect(reported[0]?.requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(reported[0]?.correlationId).toMatch(/^[0-9a-f-]{36}$/);
}

/** Expects a call of the credential for each attempt, and after a 401. */
function expectTokens(headers: Record<string, string>[]): void {
  const tokens = headers.map(({ authorization }) => authorization);
  expect(tokens).toEqual(headers.map((_, index) => `Bearer token-${index}`));
}

/**
 * The service's Retry-After plus half of the maximum jitter of a tenth; otherwise half of the growing
 * backoff.
 */
function waitAfter({ reply }: Exchange, index: number): number {
  const seconds = reply.headers["retry-after"];
  return seconds === undefined ? 250 * 2 ** index : Number(seconds) * 1050;
}

/** Rounds to hundredths, because milliseconds pass during a test. */
function expectAbout(ms: number): number {
  return expect.toSatisfy((wait: number) => wait <= ms && wait > ms * 0.99) as number;
}

function asTexts(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}

function inLowerCase(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}
