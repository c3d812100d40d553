import { createQualificationsClient } from "@partner-qualifications/client";
import { startMock } from "@partner-qualifications/mock";
import { strict as assert } from "node:assert";
import { test } from "node:test";

test("a school is approved after three business days", async () => {
  await using mock = await startMock({ clock: "manual", now: "2026-11-23T09:00:00Z" });
  const { qualifications } = createQualificationsClient({
    baseUrl: mock.url,
    credential: () => "any-token",
  });
  const school = crypto.randomUUID();
  await qualifications.request(school, { qualification: "Education", educationSegment: "K12" });

  mock.advance("P3D"); // days pass at once
  const [education] = await qualifications.list(school);
  assert.equal(education?.vettingStatus, "Approved");
});

test("two failures of the service are not seen by the caller", async () => {
  await using mock = await startMock();
  mock.control.addFaults({ kind: "failure", status: 503, count: 2 });
  const { qualifications } = createQualificationsClient({
    baseUrl: mock.url,
    credential: () => "any-token",
  });
  assert.deepEqual(await qualifications.list(crypto.randomUUID()), []);
});
