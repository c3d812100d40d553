// Requests Education for as many of eight customers as its number says, and reports how many of the eight
// have a qualification afterwards.

import { parentPort, workerData } from "node:worker_threads";
import { startMock } from "@partner-qualifications/mock";
import { submit, list, testCustomer } from "./call.ts";

await using mock = await startMock();
const customers = Array.from({ length: 8 }, (_, index) => testCustomer(`1${index}`));
for (const id of customers.slice(0, (workerData as number) + 1)) await submit(mock, id);
const lists = await Promise.all(
  customers.map(async (id) => (await (await list(mock, id)).json()) as unknown[]),
);
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
parentPort?.postMessage(lists.filter((items) => items.length > 0).length);
