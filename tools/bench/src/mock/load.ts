import autocannon from "autocannon";
import { body, headers, pathOf } from "./requests.ts";

interface Load {
  url: string;
  method: "GET" | "POST";
  /** The first customer, and how many there are before they come round again. */
  first: number;
  customers: number;
  /** For so many seconds, or so many requests. */
  duration?: number;
  amount?: number;
}

const connections = 10;

/**
 * Loads a server over ten connections.
 *
 * @returns Answers per second.
 * @throws {Error} When one is not a success: a refusal is cheaper than the work.
 */
export async function load({ url, method, first, customers, duration = 3, amount }: Load) {
  let client = 0;
  const result = await autocannon({
    url,
    connections,
    ...(amount === undefined ? { duration } : { amount }),
    // Made beforehand, or making them would take longer than the answers.
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
  // The middle second: in the first one, requests are still being made.
  return result.requests.p50;
}
