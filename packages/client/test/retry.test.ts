import { describe, expect, test } from "vitest";
import { createHttpClient } from "../src/http/index.ts";
import { ConnectionError, ServerError, ThrottledError } from "../src/index.ts";
import { customerId, failureOf, json, world } from "./world.ts";

const ok = json([]);
const fault = (status: number, headers = {}) =>
  json({ code: "1", description: "No" }, status, headers);

describe("the retried failures", () => {
  test.each([408, 429, 500, 502, 503, 504])("retries a %i", async (status) => {
    const { client, sent } = world([fault(status, { "Retry-After": "1" }), ok]);
    expect(await client.qualifications.list(customerId)).toEqual([]);
    expect(sent).toHaveLength(2);
  });

  test.each([400, 403, 404, 405, 409, 412, 415, 501])("does not retry a %i", async (status) => {
    const { client, sent } = world([fault(status), ok]);
    await failureOf(client.qualifications.list(customerId));
    expect(sent).toHaveLength(1);
  });

  test("retries a lost connection", async () => {
    const { client, sent } = world([new TypeError("reset"), new TypeError("reset"), ok]);
    expect(await client.qualifications.list(customerId)).toEqual([]);
    expect(sent).toHaveLength(3);
  });

  test("throws the last response after the contract's maximum of attempts", async () => {
    const { client, sent } = world([fault(500)]);
    const error = await failureOf(client.qualifications.list(customerId));
    expect(error).toBeInstanceOf(ServerError);
    expect(error).toMatchObject({ status: 500, attempts: 4 });
    expect(sent).toHaveLength(4);
  });

  test("lets a caller lower the number of attempts, not raise it", async () => {
    const once = world([new TypeError("reset")], { retry: { maxAttempts: 1 } });
    expect(await failureOf(once.client.qualifications.list(customerId))).toBeInstanceOf(
      ConnectionError,
    );
    expect(once.sent).toHaveLength(1);
    const many = world([fault(500)], { retry: { maxAttempts: 9 } });
    await failureOf(many.client.qualifications.list(customerId));
    expect(many.sent).toHaveLength(4);
  });

  test("never retries an address outside the contract", async () => {
    const { client, sent } = world([fault(503), ok]);
    await createHttpClient(client).GET("/v1/elsewhere" as never);
    expect(sent).toHaveLength(1);
  });
});

describe("the identifiers of a call", () => {
  test("sends the same identifiers and body in all attempts of a call", async () => {
    const { client, sent } = world([
      fault(503),
      fault(503),
      json({ qualification: "StateOwnedEntity" }, 201),
    ]);
    await client.qualifications.request(customerId, { qualification: "StateOwnedEntity" });
    expect(sent).toHaveLength(3);
    const same = sent.map(({ headers, body }) => [
      headers["ms-requestid"],
      headers["ms-correlationid"],
      body,
    ]);
    expect(new Set(same.map(String)).size).toBe(1);
  });

  test("sends different identifiers for two calls", async () => {
    const { client, sent } = world([ok]);
    await client.qualifications.list(customerId);
    await client.qualifications.list(customerId);
    expect(new Set(sent.map(({ headers }) => headers["ms-requestid"])).size).toBe(2);
  });

  test("sends the caller's identifiers", async () => {
    const { client, sent } = world([ok]);
    const correlationId = "7d2456fd-2d79-46d0-9f8e-5d7ecd5f8745";
    await client.qualifications.list(customerId, { requestId: customerId, correlationId });
    expect(sent[0]?.headers).toMatchObject({
      "ms-requestid": customerId,
      "ms-correlationid": correlationId,
    });
  });

  test("rejects malformed identifiers before sending anything", async () => {
    const { client, sent } = world([ok]);
    const call = client.qualifications.list(customerId, { requestId: "order.7" });
    expect(await failureOf(call)).toMatchObject({ argument: "requestId" });
    expect(sent).toEqual([]);
  });
});

describe("the waits", () => {
  test("increases the delays, with jitter, up to the contract's maximum", async () => {
    const { client, sent } = world([fault(500)]);
    await failureOf(client.qualifications.list(customerId));
    // With the fake random value of one half: half of 0.5, 1 and 2 seconds.
    expect(sent.map(({ at }) => at)).toEqual([0, 250, 750, 1750]);
  });

  test("waits for Retry-After in seconds, plus at most a tenth", async () => {
    const { client, sent } = world([fault(429, { "Retry-After": "7" }), ok]);
    await client.qualifications.list(customerId);
    expect(sent[1]?.at).toBe(7350);
  });

  test("backs off when Retry-After is 0", async () => {
    const { client, sent } = world([fault(503, { "Retry-After": "0" })]);
    await failureOf(client.qualifications.list(customerId));
    expect(sent.map(({ at }) => at)).toEqual([0, 250, 750, 1750]);
  });

  test("waits for a Retry-After date by the service's clock", async () => {
    const headers = {
      Date: "Wed, 01 Jan 2020 00:00:00 GMT",
      "Retry-After": "Wed, 01 Jan 2020 00:00:09 GMT",
    };
    const { client, sent } = world([fault(503, headers), ok]);
    await client.qualifications.list(customerId);
    expect(sent[1]?.at).toBe(9450);
  });

  test.each([
    "soon",
    "-1",
    "2020-01-01",
    "Wed, 99 Jan 2020 00:00:09 GMT",
    // This day does not exist; a lenient parser returns 1 March 2030.
    "Sat, 30 Feb 2030 00:00:09 GMT",
    "Fri, 01 Mar 2030 00:00:09 +0000",
  ])("backs off after the invalid Retry-After %j", async (value) => {
    const { client, sent } = world([fault(503, { "Retry-After": value }), ok]);
    await client.qualifications.list(customerId);
    expect(sent[1]?.at).toBe(250);
  });

  test.each(["61", "1000000000000"])(
    "fails at once, with retryAfterMs, after a Retry-After of %s s",
    async (value) => {
      const { client, sent } = world([fault(429, { "Retry-After": value }), ok]);
      const error = await failureOf(client.qualifications.list(customerId));
      expect(error).toBeInstanceOf(ThrottledError);
      expect(error).toMatchObject({ retryAfterMs: Number(value) * 1000, attempts: 1 });
      expect(sent).toHaveLength(1);
    },
  );

  test("does not time out at once with a timeout too long for a timer", async () => {
    const { client } = world([ok], { timeoutMs: Number.POSITIVE_INFINITY, totalTimeoutMs: 3e9 });
    expect(await client.qualifications.list(customerId)).toEqual([]);
  });
});

describe("the limits of a call", () => {
  test("does not begin a wait longer than the total timeout", async () => {
    const { client, sent } = world([fault(429, { "Retry-After": "30" }), ok], {
      totalTimeoutMs: 20_000,
    });
    expect(await failureOf(client.qualifications.list(customerId))).toBeInstanceOf(ThrottledError);
    expect(sent).toHaveLength(1);
  });

  test("ends a wait when aborted", async () => {
    const controller = new AbortController();
    const { client } = world([fault(503)], {
      hooks: { wait: () => controller.abort(new Error("enough")) },
    });
    const error = await failureOf(
      client.qualifications.list(customerId, { signal: controller.signal }),
    );
    expect(error).toMatchObject({ kind: "aborted", original: { message: "enough" }, attempts: 1 });
  });

  test("treats an undefined option as omitted", async () => {
    const { client } = world([ok], {
      timeoutMs: undefined,
      preflight: undefined,
      retry: undefined,
    });
    expect(await client.qualifications.list(customerId, { signal: undefined })).toEqual([]);
  });
});
