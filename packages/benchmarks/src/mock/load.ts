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

/**
 * Loads a server over ten connections.
 *
 * @returns Answers per second.
 * @throws {Error} When one is not a success: a refusal is cheaper than the work.
 */
export async function load({ url, method, first, customers, duration, amount }: Load) {
  let next = 0;
  const result = await autocannon({
    url,
    connections: 10,
    ...(amount === undefined ? { duration: duration ?? 3 } : { amount }),
    requests: [
      {
        method,
        headers,
        ...(method === "POST" && { body }),
        setupRequest: (request) => ({ ...request, path: pathOf(first + (next++ % customers)) }),
      },
    ],
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} refusals, ${result.errors} errors`);
  }
  return amount === undefined ? result["2xx"] / result.duration : amount / result.duration;
}
