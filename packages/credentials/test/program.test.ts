import { PermissionError, createQualificationsClient } from "@partner-qualifications/client";
import { startMock } from "@partner-qualifications/mock";
import { expect, test, vi } from "vitest";
import { appOnlyCredential, appUserCredential, explainCode } from "../src/index.ts";
import { browse, consent } from "./consent.ts";
import { failureOf, world } from "./world.ts";

// Processes are slow to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const customerId = "11111111-2222-3333-4444-555555555555";
const education = {
  qualification: "Education",
  educationSegment: "K12",
  website: "example.edu",
} as const;

test("client, credentials, mock and OAuth server work together from consent to poll", async () => {
  await using c = await consent();
  await browse(await c.address());
  expect(await c.command.ended).toMatchObject({ code: 0 });

  await using mock = await startMock({ clock: "manual", now: new Date().toISOString() });
  /** Advances the clocks of Partner Center and Entra, not this machine's. */
  const pass = (hours: number) => {
    mock.advance(`PT${hours}H`);
    c.entra.skewMs += hours * 3600_000;
  };
  const client = createQualificationsClient({
    credential: appUserCredential({ ...c.options, store: c.store }),
    baseUrl: mock.url,
  });

  const vetting = await client.qualifications.request(customerId, education);
  expect(vetting.write).toBe("created");
  const grants = () => c.entra.requests.map(({ grant, status }) => `${grant} ${status}`);
  expect(grants()).toEqual(["authorization_code 200", "refresh_token 200"]);

  // The client still holds the expired token, and a 401 makes it request another.
  pass(2);
  expect(await client.qualifications.list(customerId)).toMatchObject([
    { qualification: "Education", vettingStatus: "InReview" },
  ]);
  expect(grants()).toHaveLength(3);
  const [first, second, third] = c.entra.refreshTokens;
  expect(c.entra.requests.map(({ form }) => form.refresh_token)).toEqual([
    undefined,
    first,
    second,
  ]);
  expect(await c.store.read()).toBe(third);

  pass(24 * 5);
  const outcome = await vetting.pollUntilDone({ interval: { initialMs: 1000 } });
  expect(outcome).toMatchObject({ status: "Approved" });
  expect(grants()).toHaveLength(4);
  expect(grants().every((entry) => entry.endsWith("200"))).toBe(true);
});

test("reads with an app-only token, and explains a rejected change", async () => {
  await using w = await world();
  await using mock = await startMock();
  const options = { credential: appOnlyCredential(w.options), baseUrl: mock.url };
  const client = createQualificationsClient(options);
  expect(await client.qualifications.list(customerId)).toEqual([]);
  const early = await failureOf(client.qualifications.request(customerId, education));
  expect(early.message).toContain("900329");

  const bold = createQualificationsClient({ ...options, preflight: false });
  const refused = await failureOf(bold.qualifications.request(customerId, education));
  expect(refused).toBeInstanceOf(PermissionError);
  const { code } = refused as PermissionError;
  expect(explainCode(code!)?.remedy).toContain("appUserCredential");
});

test("concurrent calls exchange one refresh token", async () => {
  await using w = await world({ takenOnce: true });
  await using mock = await startMock();
  await w.store.write(w.entra.issueRefreshToken());
  const client = createQualificationsClient({
    credential: appUserCredential({ ...w.options, store: w.store }),
    baseUrl: mock.url,
  });
  await Promise.all(Array.from({ length: 50 }, () => client.qualifications.list(customerId)));
  expect(w.entra.requests).toHaveLength(1);
});
