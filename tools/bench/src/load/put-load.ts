import { createQualificationsClient } from "@partner-qualifications/client";
import { createNodeFetch } from "@partner-qualifications/client/node";
import { appUserCredential, callbackRefreshTokenStore } from "@partner-qualifications/credentials";
import { startMock } from "@partner-qualifications/mock";
import { startEntra } from "@partner-qualifications/testing/entra";

export interface Load {
  clients: number;
  /** Of all clients together; half are requests, half are lists. */
  calls: number;
  connections: number;
  /** The partner's limit; none when undefined. */
  requestsPerSecond?: number;
  tokens?: {
    lifetimeS: number;
    /** The token endpoint fails during the first quarter of each period. */
    failingPeriodMs: number;
  };
}

/** The result of a load. */
export interface Outcome {
  calls: number;
  /** Errors of the failed calls. */
  failed: string[];
  /** Number of requests at the service, and how many it throttled. */
  requests: number;
  throttled: number;
  /** Maximum number of attempts of a call. */
  mostAttempts: number;
  /** Customers whose request was carried out under two identifiers. */
  requestedTwice: number;
  tokenRequests: number;
  mostTokenRequestsAtOnce: number;
  /** Whether the stored refresh token is still accepted. */
  keepsRefreshToken: boolean;
  tookMs: number;
}

/** Runs many concurrent clients on one credential and one connection pool. */
export async function putLoad(load: Load): Promise<Outcome> {
  const { clients, calls, connections, requestsPerSecond, tokens } = load;
  const attempts = new Map<string, number>();
  const carriedOut = new Map<string, Set<string>>();
  let throttled = 0;
  await using mock = await startMock({
    ...(requestsPerSecond && {
      throttle: { partner: { requests: requestsPerSecond, per: "PT1S" } },
    }),
    log({ message, reply }) {
      const id = message.headers["ms-requestid"]!;
      attempts.set(id, (attempts.get(id) ?? 0) + 1);
      if (reply.status === 429) throttled++;
      if (message.method !== "POST" || reply.status !== 201) return;
      const { pathname } = message.url;
      carriedOut.set(pathname, (carriedOut.get(pathname) ?? new Set()).add(id));
    },
  });
  await using entra = await startEntra({ lifetimeS: tokens?.lifetimeS ?? 3600, delayMs: 20 });
  await using fetch = createNodeFetch({ connections });

  let stored = entra.issueRefreshToken();
  let [atOnce, mostAtOnce, tokenRequests] = [0, 0, 0];
  const began = performance.now();
  const credential = appUserCredential({
    tenant: entra.tenant,
    clientId: entra.clientId,
    clientSecret: entra.clientSecret,
    authority: entra.url,
    store: callbackRefreshTokenStore({
      read: () => stored,
      write: (token) => void (stored = token),
    }),
    async fetch(url, init) {
      tokenRequests++;
      mostAtOnce = Math.max(mostAtOnce, ++atOnce);
      try {
        const elapsed = performance.now() - began;
        const period = tokens?.failingPeriodMs ?? Number.POSITIVE_INFINITY;
        // Not at the very start, when there is no token to continue with.
        if (elapsed > period && elapsed % period < period / 4) {
          return new Response("", { status: 503 });
        }
        return await globalThis.fetch(url, init as RequestInit);
      } finally {
        atOnce--;
      }
    },
  });
  const all = Array.from({ length: clients }, () =>
    createQualificationsClient({
      baseUrl: mock.url,
      credential,
      fetch,
      totalTimeoutMs: 600_000,
    }),
  );
  const running = Array.from({ length: calls }, (_, index) => {
    const customer = `00000000-0000-4000-9000-${String(index).padStart(12, "0")}`;
    const { qualifications } = all[index % clients]!;
    return index % 2 === 0
      ? qualifications.list(customer)
      : qualifications.request(customer, { qualification: "StateOwnedEntity" });
  });
  const ended = await Promise.allSettled(running);
  const tookMs = performance.now() - began;
  return {
    calls,
    failed: ended.flatMap((one) => (one.status === "rejected" ? String(one.reason) : [])),
    requests: [...attempts.values()].reduce((sum, one) => sum + one, 0),
    throttled,
    mostAttempts: Math.max(...attempts.values()),
    requestedTwice: [...carriedOut.values()].filter(({ size }) => size > 1).length,
    tokenRequests,
    mostTokenRequestsAtOnce: mostAtOnce,
    keepsRefreshToken: entra.refreshTokens.includes(stored),
    tookMs,
  };
}
