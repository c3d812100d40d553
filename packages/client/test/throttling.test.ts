import { describe, expect, test } from "vitest";
import {
  createQualificationsClient,
  type Fetch,
  type QualificationsClientOptions,
} from "../src/index.ts";
import { FakeClock } from "../src/testing/index.ts";
import { failureOf, json } from "./world.ts";

// A rate-limited service with many callers of one client.

const customer = (index: number) => `00000000-0000-4000-9000-${String(index).padStart(12, "0")}`;

/** A number of requests per number of milliseconds; refused ones count too, as the guide says. */
interface Limit {
  requests: number;
  perMs: number;
  /** Whether each customer has a separate limit. */
  perCustomer?: boolean;
}

const idle = async () => {
  for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setImmediate(resolve));
};

/** Advances to the next timer only when nothing else happens, like time on a fast machine. */
class PatientClock extends FakeClock {
  readonly #timers: { at: number; ring: () => void }[] = [];
  #isTicking = false;

  override sleep = (ms: number): Promise<void> =>
    new Promise((ring) => {
      this.#timers.push({ at: this.now() + ms, ring });
      if (!this.#isTicking) void this.#tick();
    });

  async #tick(): Promise<void> {
    this.#isTicking = true;
    for (;;) {
      await idle();
      this.#timers.sort((one, other) => one.at - other.at);
      const next = this.#timers.shift();
      if (!next) break;
      this.advance(Math.max(0, next.at - this.now()));
      next.ring();
    }
    this.#isTicking = false;
  }
}

function limitedWorld(
  { requests, perMs, perCustomer = false }: Limit,
  options: Partial<QualificationsClientOptions> = {},
) {
  const clock = new PatientClock();
  const start = clock.now();
  const sent: { customer: string; id: string; at: number; refused: boolean }[] = [];
  /** The number of pending requests at each request. */
  const together: number[] = [];
  let running = 0;
  const carry: Fetch = async (url, { headers }) => {
    const own = url.split("/")[5]!;
    const now = clock.now();
    const counted = sent.filter(
      ({ customer: other, at }) => start + at > now - perMs && (!perCustomer || other === own),
    );
    const refused = counted.length >= requests;
    const id = (headers as Record<string, string>)["ms-requestid"]!;
    sent.push({ customer: own, id, at: now - start, refused });
    const place = together.push(++running) - 1;
    // All requests that can be pending at once are.
    await new Promise((resolve) => setImmediate(resolve));
    together[place] = Math.max(together[place]!, running--);
    if (!refused) return json([]);
    const seconds = String(Math.ceil(perMs / 1000));
    return json({ statusCode: 429, message: "No" }, 429, { "Retry-After": seconds });
  };
  const client = createQualificationsClient({
    credential: () => "token-of-its-own",
    baseUrl: "https://partner-center.example",
    runtime: clock,
    totalTimeoutMs: 3_600_000,
    fetch: carry,
    ...options,
  });
  const seen = {
    get attempts() {
      const counts = new Map<string, number>();
      for (const { id } of sent) counts.set(id, (counts.get(id) ?? 0) + 1);
      return Math.max(...counts.values());
    },
    get lasted() {
      return clock.now() - start;
    },
  };
  return { client, clock, sent, seen, together, carry };
}

const credential = () => "token";

describe("under a rate limit", () => {
  test.each<[string, number, Limit]>([
    ["5 callers of a customer with 2 in 4 s", 5, { requests: 2, perMs: 4000, perCustomer: true }],
    ["20 callers of one customer with 1 in a second", 20, { requests: 1, perMs: 1000 }],
    ["300 callers of 300 customers with 50 in a second", 300, { requests: 50, perMs: 1000 }],
  ])("completes %s in about the time set by the limit", async (_, callers, limit) => {
    const { client, seen } = limitedWorld(limit);
    const own = (index: number) => (limit.requests === 50 ? customer(index) : customer(0));
    const lists = Array.from({ length: callers }, (_none, index) =>
      client.qualifications.list(own(index)),
    );
    expect(await Promise.all(lists)).toHaveLength(callers);
    expect(seen.lasted).toBeLessThan((callers / limit.requests) * limit.perMs * 1.5 + 5000);
    expect(seen.attempts).toBeLessThanOrEqual(4);
  });

  test("makes clients with the same credential wait together", async () => {
    const { client, clock, sent, seen, carry } = limitedWorld(
      { requests: 5, perMs: 1000 },
      { credential },
    );
    const others = Array.from({ length: 24 }, () =>
      createQualificationsClient({
        baseUrl: client.baseUrl,
        credential,
        runtime: clock,
        totalTimeoutMs: 3_600_000,
        fetch: carry,
      }),
    );
    const lists = [client, ...others].flatMap((one) =>
      [0, 1].map((index) => one.qualifications.list(customer(index))),
    );
    expect(await Promise.all(lists)).toHaveLength(50);
    expect(seen.attempts).toBeLessThanOrEqual(4);
    expect(seen.lasted).toBeLessThan(20_000);
    expect(sent.length).toBeLessThan(150);
  });

  test("sends nothing before Retry-After is over, then one request first", async () => {
    const { client, sent, together } = limitedWorld({ requests: 3, perMs: 10_000 });
    await Promise.all(Array.from({ length: 9 }, () => client.qualifications.list(customer(0))));
    const [first = 0, ...later] = [...new Set(sent.map(({ at }) => at))];
    expect(first).toBe(0);
    // Up to a tenth later than Retry-After.
    expect(later[0]).toBeGreaterThan(10_000);
    expect(later[0]).toBeLessThanOrEqual(11_000);
    expect(together[0]).toBe(9);
    expect(together[9]).toBe(1);
  });

  test("delays new calls too, and lets a throttled call go first", async () => {
    const { client, sent } = limitedWorld({ requests: 1, perMs: 5000 });
    const first = client.qualifications.list(customer(0));
    const refused = client.qualifications.list(customer(0));
    await first;
    await new Promise((resolve) => setImmediate(resolve));
    const late = client.qualifications.list(customer(0));
    await Promise.all([refused, late]);
    const ids = sent.map(({ id }) => id);
    expect(ids.slice(0, 3)).toEqual([ids[0], ids[1], ids[1]]);
  });

  test("does not delay other customers while one is throttled", async () => {
    const { client, sent } = limitedWorld({ requests: 1, perMs: 5000, perCustomer: true });
    const own = Promise.all([0, 0].map((index) => client.qualifications.list(customer(index))));
    await new Promise((resolve) => setImmediate(resolve));
    await client.qualifications.list(customer(1));
    await own;
    expect(sent.find((one) => one.customer === customer(1))).toMatchObject({
      at: 0,
      refused: false,
    });
  });

  test("delays no call for a wait too long for every call", async () => {
    const { client, sent } = limitedWorld({ requests: 1, perMs: 3_600_000 });
    await client.qualifications.list(customer(0));
    for (const length of [2, 3]) {
      expect(await failureOf(client.qualifications.list(customer(0)))).toMatchObject({
        kind: "throttled",
        retryAfterMs: 3_600_000,
      });
      expect(sent).toHaveLength(length);
    }
  });
});

test("ends a waiting call when its signal aborts", async () => {
  // The clock stands still, so the wait cannot end by itself.
  const clock = Object.assign(new FakeClock(), { sleep: () => new Promise<void>(() => {}) });
  const { client, sent } = limitedWorld({ requests: 1, perMs: 5000 }, { runtime: clock });
  await client.qualifications.list(customer(0));
  const controller = new AbortController();
  const aborted = client.qualifications.list(customer(0), { signal: controller.signal });
  await idle();
  controller.abort(new Error("enough"));
  expect(await failureOf(aborted)).toMatchObject({ kind: "aborted", attempts: 1 });
  expect(sent).toHaveLength(2);
});
