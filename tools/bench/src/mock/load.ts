import autocannon from "autocannon";
import { body, headers, pathOf } from "./requests.ts";

interface Load {
  url: string;
  method: "GET" | "POST";
  /** The first customer, and the number of customers before they repeat. */
  first: number;
  customers: number;
  /** In seconds, or as a number of requests. */
  duration?: number;
  amount?: number;
}

const connections = 10;

/**
 * Loads a server over ten connections.
 *
 * @returns Responses per second.
 * @throws {Error} When a response is not a success: a refusal is cheaper than the work.
 */
export async function load({ url, method, first, customers, duration = 3, amount }: Load) {
  let client = 0;
  const result = await autocannon({
    url,
    connections,
    ...(amount === undefined ? { duration } : { amount }),
    // Created beforehand, because creating them takes longer than the responses.
    setupClient: (connection) => {
      const offset = client++;
      const share = Math.ceil(customers / connections);
      connection.setRequests(
        Array.from({ length: share }, (_, index) => ({
          method,
          headers,
          ...(method === "POST" && { body }),
          path: pathOf(first + ((index * connections + offset) % customers)),
        })),
      );
    },
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} refusals, ${result.errors} errors`);
  }
  // The median second: in the first one, requests are still being created.
  return result.requests.p50;
}
