import type { Server } from "node:http";

/** Answers that are under way may finish; a request that never comes to its end may not. */
const patience = 1000;

/** Stops a server: nothing new is taken, and connections are closed as they become idle. */
export function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A busy client would keep its connection busy for ever.
    server.prependListener("request", (_, response) => {
      response.shouldKeepAlive = false;
    });
    const sweep = setInterval(() => server.closeIdleConnections(), 20);
    const end = setTimeout(() => server.closeAllConnections(), patience);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(end);
      resolve();
    });
  });
}
