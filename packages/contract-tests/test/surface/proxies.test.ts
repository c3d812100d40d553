import { createQualificationsClient, PartnerCenterError } from "@partner-qualifications/client";
import { createFakeClient, FakeClock } from "@partner-qualifications/client/testing";
import { startMock } from "@partner-qualifications/mock";
import { expect, test } from "vitest";
import { reactive } from "vue";

const customerId = "11111111-2222-3333-4444-555555555555";
const education = { qualification: "Education", educationSegment: "K12" } as const;

/** Wraps an object, and each object that its members or methods give, in a `Proxy`. */
function deep<T>(value: T): T {
  const isObject = typeof value === "object" && value !== null;
  if ((!isObject && typeof value !== "function") || value instanceof Promise) return value;
  return new Proxy(value as T & object, {
    get: (target, name, receiver) => deep(Reflect.get(target, name, receiver)),
    apply: (target, self, args) => Reflect.apply(target as never, self, args),
  });
}

const wrappers = [
  ["reactive()", reactive as <T>(value: T) => T],
  ["a deep Proxy", deep],
] as const;

test.each(wrappers)("works as before behind %s", async (_, wrap) => {
  const clock = wrap(new FakeClock());
  const fake = wrap(createFakeClient({ clock }));
  const { client } = fake;
  const vetting = wrap(await client.qualifications.request(customerId, education));
  expect(vetting.toJSON()).toMatchObject({ customerId, write: "created", token: String(vetting) });
  expect(await vetting.pollUntilDone()).toMatchObject({ status: "Approved" });
  const resumed = wrap(client.qualifications.resume(String(vetting)));
  for await (const { outcome } of resumed) expect(outcome?.status).toBe("Approved");
  clock.advance(1000);
  expect(await client.validationCodes.list()).toEqual([]);
  expect(fake.requests.at(-1)).toMatchObject({ path: "/v1/customers/all/validations" });
});

test.each(wrappers)("accepts options behind %s", async (_, wrap) => {
  const options = wrap({
    credential: { getToken: async () => ({ token: "token" }) },
    fetch: async () => Response.json([]),
    headers: { "X-Locale": "de-DE" },
    hooks: [{ attemptEnd: () => {} }],
    runtime: new FakeClock(),
  });
  expect(await createQualificationsClient(options).validationCodes.list()).toEqual([]);
});

test.each(wrappers)("gives a readable error behind %s", async (_, wrap) => {
  const { client } = createFakeClient();
  const call = client.qualifications.list("contoso").then(String);
  const error = wrap(await call.catch((failure: Error) => failure)) as Error;
  expect(error).toBeInstanceOf(PartnerCenterError);
  expect(error.name).toBe("InvalidRequestError");
  expect(JSON.parse(JSON.stringify(error))).toMatchObject({ kind: "invalidRequest" });
});

test.each(wrappers)("controls a mock behind %s", async (_, wrap) => {
  await using started = await startMock({ clock: "manual", now: "2026-01-05T09:00:00Z" });
  const mock = wrap(started);
  mock.advance("P3D");
  mock.control.addFaults({ kind: "failure", status: 503 });
  expect(mock.control.clock.now).toBe("2026-01-08T09:00:00.000Z");
  expect(mock.control.faults).toHaveLength(1);
  expect(mock.control.journal().log.entries).toEqual([]);
  mock.control.reset();
  expect(mock.control.faults).toEqual([]);
});
