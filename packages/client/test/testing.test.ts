import { createFakeClient, FakeClock } from "@partner-qualifications/client/testing";
import {
  AbortedError,
  ThrottledError,
  type QualificationsClient,
} from "@partner-qualifications/client";
import { expect, test, vi } from "vitest";
import { customerId } from "./world.ts";

/** A user's code. */
async function onboard(client: QualificationsClient): Promise<string> {
  const vetting = await client.qualifications.request(customerId, {
    qualification: "Education",
    educationSegment: "HigherEducation",
  });
  const outcome = await vetting.pollUntilDone();
  return outcome.status === "Denied" ? `denied: ${outcome.reason}` : "approved";
}

test("completes a vetting of days at once", async () => {
  const { client, clock, requests } = createFakeClient();
  const start = clock.now();
  expect(await onboard(client)).toBe("approved");
  expect(clock.now() - start).toBeGreaterThanOrEqual(3 * 24 * 3_600_000);
  expect(requests[0]).toMatchObject({ method: "POST", body: { qualification: "Education" } });
});

test("decides the outcome by the scenario", async () => {
  const reason = "Not an eligible Museum";
  const { client } = createFakeClient({
    customers: { [customerId]: { outcome: "Denied", reason } },
  });
  expect(await onboard(client)).toBe(`denied: ${reason}`);
});

test("finds a scenario and a customer by a GUID in any case", async () => {
  const id = "abcdefab-1234-4000-8000-abcdefabcdef";
  const { client } = createFakeClient({
    customers: { [id.toUpperCase()]: { outcome: "Denied", reason: "No" } },
  });
  const vetting = await client.qualifications.request(id, {
    qualification: "Education",
    educationSegment: "K12",
  });
  expect(await client.qualifications.list(id.toUpperCase())).toHaveLength(1);
  expect(await vetting.pollUntilDone()).toMatchObject({ status: "Denied", reason: "No" });
});

test("rejects every call by the scenario", async () => {
  const { client } = createFakeClient({
    customers: { [customerId]: { refusal: { status: 429, retryAfterSeconds: 3600 } } },
  });
  await expect(onboard(client)).rejects.toBeInstanceOf(ThrottledError);
});

test("advances the clock manually", async () => {
  const clock = new FakeClock(new Date("2026-03-01T00:00:00Z"));
  const { client } = createFakeClient({ clock, reviewTimeMs: 1000 });
  await client.qualifications.request(customerId, {
    qualification: "Education",
    educationSegment: "K12",
  });
  expect(await client.qualifications.list(customerId)).toMatchObject([
    { vettingStatus: "InReview" },
  ]);
  clock.advance(1000);
  expect(await client.qualifications.list(customerId)).toMatchObject([
    { vettingStatus: "Approved" },
  ]);
});

test("polling of an undecided vetting can be stopped", async () => {
  const { client } = createFakeClient({ customers: { [customerId]: { outcome: "InReview" } } });
  const vetting = await client.qualifications.request(customerId, {
    qualification: "Education",
    educationSegment: "K12",
  });
  const polling = vetting.pollUntilDone({ signal: AbortSignal.timeout(50) });
  await expect(polling).rejects.toBeInstanceOf(AbortedError);
});

test("works with fake timers", async () => {
  vi.useFakeTimers();
  try {
    expect(await onboard(createFakeClient().client)).toBe("approved");
  } finally {
    vi.useRealTimers();
  }
});
