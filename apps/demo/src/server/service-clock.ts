import type { Fetch } from "@partner-qualifications/client";

/** Partner Center's time, from the `Date` of its last response; until the first one, this server's. */
export class ServiceClock {
  #aheadMs = 0;

  now(): string {
    return new Date(Date.now() + this.#aheadMs).toISOString();
  }

  /** Returns the same `fetch`, whose responses set this clock. */
  watch(send: Fetch): Fetch {
    return async (url, init) => {
      const response = await send(url, init);
      const time = Date.parse(response.headers.get("date") ?? "");
      if (!Number.isNaN(time)) this.#aheadMs = time - Date.now();
      return response;
    };
  }
}
