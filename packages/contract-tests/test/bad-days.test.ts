import { createQualificationsClient } from "@partner-qualifications/client";
import { startMock } from "@partner-qualifications/mock";
import { expect, test } from "vitest";

// The client through what the mock's test customers stand for: odd answers, bursts and losses.

const customer = (end: string) => `00000000-0000-4000-8000-${end.padStart(12, "0")}`;
const education = { qualification: "Education", educationSegment: "K12" } as const;

async function world(token = "any-token") {
  const mock = await startMock({ clock: "manual", now: "2026-01-05T09:00:00Z" });
  const client = createQualificationsClient({
    baseUrl: mock.url,
    credential: () => token,
    // The contract's own waits, but none of them lasts.
    runtime: {
      now: () => Date.now(),
      random: () => 0,
      uuid: () => crypto.randomUUID(),
      sleep: async (ms) => mock.advance(`PT${Math.ceil(ms / 1000)}S`),
    },
  });
  return { mock, client, [Symbol.asyncDispose]: () => mock.close() };
}

test.each(["500", "502", "503"])(
  "a request survives a burst of %s, and is written once",
  async (status) => {
    await using it = await world();
    const id = customer(status);
    const vetting = await it.client.qualifications.request(id, education);
    expect(vetting.write).toBe("created");
    expect(await it.client.qualifications.list(id)).toHaveLength(1);
  },
);

test("a request whose answer is lost was created, and written once", async () => {
  await using it = await world();
  const id = customer("f002");
  const vetting = await it.client.qualifications.request(id, education);
  expect(vetting).toMatchObject({ write: "created", item: { vettingStatus: "InReview" } });
  expect(await it.client.qualifications.list(id)).toHaveLength(1);
});

test("throttling is waited for as long as it says, and then passes", async () => {
  await using it = await world();
  const lists = Array.from({ length: 6 }, () => it.client.qualifications.list(customer("429")));
  expect(await Promise.all(lists)).toEqual(Array.from({ length: 6 }, () => []));
});

test.each([
  ["a byte order mark", "f003"],
  ["the other spelling of the date", "f004"],
  ["seven digits and an offset", "f005"],
  ["a wrapper", "f006"],
])("an answer with %s is understood", async (_, end) => {
  await using it = await world();
  await it.client.qualifications.request(customer(end), education);
  expect(await it.client.qualifications.list(customer(end))).toMatchObject([
    { vettingStatus: "InReview", vettingCreateDate: expect.stringMatching(/^2026-01-05T09:00:00/) },
  ]);
});

test("a vetting that is revoked later was approved before", async () => {
  await using it = await world();
  const id = customer("de12");
  const vetting = await it.client.qualifications.request(id, education);
  expect(await vetting.pollUntilDone()).toMatchObject({ status: "Approved" });
  it.mock.advance("P31D");
  expect(await it.client.qualifications.list(id)).toMatchObject([
    { vettingStatus: "Denied", vettingReason: "No longer an Education Customer" },
  ]);
});

test.each([
  ["20002", "403", "permission"],
  ["60003", "404", "notFound"],
  ["800073", "800073", "permission"],
  ["900150", "900150", "permission"],
])("the refusal %s is an error with its code", async (code, end, kind) => {
  await using it = await world();
  await expect(it.client.qualifications.request(customer(end), education)).rejects.toMatchObject({
    code,
    kind,
  });
});

test.each([
  ["app-only", "900329", "permission"],
  ["wrong-audience", "900420", "authentication"],
])("a token that is %s is refused with %s", async (token, code, kind) => {
  await using it = await world(token);
  const asked = it.client.qualifications.request(customer("a1"), education);
  await expect(asked).rejects.toMatchObject(
    // The same token again is not sent again.
    kind === "authentication" ? { kind } : { kind, code },
  );
});
