import { startMock } from "@partner-qualifications/mock";
import { expect, test } from "vitest";
import { startDemo } from "../host/server/start-demo.ts";
import { request } from "./support/server.ts";

const school = "22222222-2222-3333-4444-555555555555";

test("returns the accepted request for a qualification, not a rejected one", async () => {
  await using mock = await startMock({ clock: "manual", auditDelay: "PT0S" });
  const claims = { upn: "admin@partner.example", scp: "user_impersonation" };
  const token = `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.signature`;
  await using demo = await startDemo({ baseUrl: mock.url, credential: () => token });
  expect((await request(demo.url, school)).status).toBe(201);
  const again = await fetch(`${mock.url}/v1/customers/${school}/qualifications`, {
    method: "POST",
    headers: { Authorization: "Bearer other", "Content-Type": "application/json" },
    body: JSON.stringify({ qualification: "Education" }),
  });
  expect(again.status).toBe(409);
  const recordsOf = async (qualification: string) => {
    const path = `/api/v1/customers/${school}/auditrecords/${qualification}`;
    return (await (await fetch(demo.url + path)).json()) as object[];
  };
  expect(await recordsOf("Education")).toEqual([
    expect.objectContaining({
      userPrincipalName: "admin@partner.example",
      operationStatus: "succeeded",
    }),
  ]);
  expect(await recordsOf("StateOwnedEntity")).toEqual([]);
  // Partner Center's clock counts, not the server's.
  mock.advance("P7D");
  expect(await recordsOf("Education")).toHaveLength(1);
});
