import { createQualificationsClient } from "@partner-qualifications/client";
import { startMock } from "@partner-qualifications/mock";

await using mock = await startMock({
  clock: "manual",
  now: "2026-11-23T09:00:00Z",
  auditDelay: "PT0S",
});
const claims = { upn: "admin@partner.example", appid: "contoso-onboarding", scp: "user" };
const token = `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.signature`;

const { qualifications } = createQualificationsClient({
  baseUrl: mock.url,
  credential: () => token,
  retry: { maxAttempts: 1 },
  // Carries every request out, prints it, and loses the answer to the POST.
  async fetch(url, init) {
    const response = await fetch(url, init);
    const { pathname } = new URL(url);
    if (init.method === "POST") {
      console.log(`POST ${pathname}\nMS-CorrelationId: ${init.headers["ms-correlationid"]}`);
      console.log("→ connection lost\n");
      throw new TypeError("connection lost");
    }
    console.log(`GET ${pathname}\n→ ${response.status} ${await response.clone().text()}\n`);
    return response;
  },
});

const vetting = await qualifications.request(
  "11111111-2222-3333-4444-555555555555",
  { qualification: "Education", educationSegment: "K12" },
  { correlationId: "7d2456fd-2d79-46d0-9f8e-5d7ecd5f8745" },
);
console.log(vetting.write, vetting.proof, vetting.record?.userPrincipalName);
