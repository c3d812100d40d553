// `node run-requests.ts <seed> <number>`: sends that many generated requests to a mock with that seed, advances its
// clock in between, and prints the replies as received.

import { connect } from "node:net";
import * as fc from "fast-check";
import { startMock } from "@partner-qualifications/mock";
import { testCustomer } from "./call.ts";

const [seed = 0, count = 0] = process.argv.slice(2).map(Number);
const ids = ["a1", "de01", "de12", "403", "404", "429", "503", "cc01", "1", "2", "3"];
const bodies = ["Education", "StateOwnedEntity", "Nonprofit"];

/** The same in every run: the mock is under test, not the generator. */
const requests = fc.sample(
  fc.record({
    customer: fc.constantFrom(...ids.map(testCustomer)),
    qualification: fc.option(fc.constantFrom(...bodies)),
    requestId: fc.option(fc.constantFrom(testCustomer("11"), testCustomer("12"))),
    minutes: fc.nat({ max: 600 }),
  }),
  { seed: 1, numRuns: count },
);

await using mock = await startMock({
  clock: "manual",
  now: "2020-12-07T09:00:00Z",
  seed,
});
for (const { customer, qualification, requestId, minutes } of requests) {
  const body = qualification ? JSON.stringify({ qualification }) : "";
  const lines = [
    `${qualification ? "POST" : "GET"} /v1/customers/${customer}/qualifications HTTP/1.1`,
    "Host: 127.0.0.1",
    "Authorization: Bearer any",
    "Connection: close",
    ...(requestId ? [`MS-RequestId: ${requestId}`] : []),
    ...(body ? ["Content-Type: application/json", `Content-Length: ${body.length}`] : []),
  ];
  process.stdout.write(`${await exchange(`${lines.join("\r\n")}\r\n\r\n${body}`)}\n`);
  if (minutes % 3 === 0) mock.advance(`PT${minutes}M`);
}

function exchange(request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    connect(Number(new URL(mock.url).port), "127.0.0.1")
      .on("data", (chunk) => (answer += String(chunk)))
      .on("end", () => resolve(answer))
      .on("error", reject)
      .write(request);
  });
}
