import { type FaultKind, startMock } from "@partner-qualifications/mock";
import { expect, test } from "vitest";
import { answeringServer } from "../conformance/answering-server.ts";
import { startWitness } from "./start-witness.ts";

const school = "11111111-2222-3333-4444-555555555555";

/** Deliberate faults of responses, and Prism's message about each. */
const broken: [FaultKind, string][] = [
  ["wrapper", "Response body must have required property 'qualification'"],
  ["htmlPage", "Response header must have required property 'ms-requestid'"],
  ["wrongContentType", "does not match the one"],
];

test("reports deliberate faults, and nothing else, through the Prism proxy", async () => {
  await using mock = await startMock();
  await using another = await startWitness(mock.url);
  const reported: string[] = [];
  for (const [kind] of broken) {
    mock.control.reset();
    mock.control.addFaults({ kind });
    const answer = await fetch(`${another.url}/v1/customers/${school}/qualifications`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: "Bearer any" },
      body: '{"qualification":"Education"}',
    });
    reported.push(await answer.text());
  }
  expect(reported).toEqual(broken.map(([, words]) => expect.stringContaining(words)));
  expect(await another.close(broken.length)).toEqual(
    broken.map(() => expect.stringContaining("prism/errors#VIOLATIONS")),
  );
}, 60_000);

test("reports undocumented statuses through the Prism proxy", async () => {
  const answer = { status: 418, headers: { "Content-Type": "application/json" }, body: "{}" };
  await using server = await answeringServer(answer);
  await using another = await startWitness(server.url);
  await fetch(`${another.url}/v1/customers`, { headers: { Authorization: "Bearer any" } });
  answer.status = 501;
  await fetch(`${another.url}/v1/customers`, { headers: { Authorization: "Bearer any" } });
  const found = (await another.close(2)).join("\n");
  expect(found).toContain("Unable to match the returned status code");
  expect(found).toContain("has returned 501");
}, 60_000);
