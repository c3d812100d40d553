import type { Exchange } from "../exchange/exchange.ts";

/** Interval between updates, in milliseconds. */
const pause = 500;

/** Shows the number of requests and the current phase on a terminal; elsewhere, nothing. */
export function showProgress(stream: NodeJS.WriteStream): {
  count: (exchange: Exchange) => void;
  end: () => void;
} {
  let sent = 0;
  let shownAt = 0;
  return {
    count({ case: { id } }) {
      sent++;
      const now = performance.now();
      if (!stream.isTTY || now - shownAt < pause) return;
      shownAt = now;
      const [phase, operation] = id.split("/");
      stream.write(`\r\u001B[K${phase}: ${sent} requests, now ${operation}`);
    },
    end() {
      if (stream.isTTY) stream.write("\r\u001B[K");
    },
  };
}
