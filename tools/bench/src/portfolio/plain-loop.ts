// The minimal program for the job: requests a number of customers and polls each to its outcome.
// Arguments: base URL, rows, concurrency. Prints the seconds.

import { createQualificationsClient } from "@partner-qualifications/client";
import { createNodeFetch } from "@partner-qualifications/client/node";
import { customerId } from "./measure.ts";

const [baseUrl = "", rows = "0", concurrency = "1"] = process.argv.slice(2);
const fetch = createNodeFetch({ connections: Number(concurrency) });
const client = createQualificationsClient({ baseUrl, credential: () => "any", fetch });
const began = performance.now();
let next = 0;
async function loop(): Promise<void> {
  while (next < Number(rows)) {
    const vetting = await client.qualifications.request(customerId(next++), {
      qualification: "Education",
      educationSegment: "K12",
    });
    await vetting.pollUntilDone();
  }
}
await Promise.all(Array.from({ length: Number(concurrency) }, loop));
console.log((performance.now() - began) / 1000);
await fetch.close();
