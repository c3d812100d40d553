import { vi } from "vitest";

export const application = {
  tenant: "contoso.onmicrosoft.com",
  clientId: "6f9f2f3e-0000-4000-8000-00000000c11e",
  clientSecret: "canary-secret",
};

/** A token endpoint in this process, on a fake clock, without refresh tokens. */
export function tokenService(given: { lifetimeS?: number; refreshInS?: number } = {}) {
  let inFlight = 0;
  const service = {
    lifetimeS: given.lifetimeS ?? 3600,
    refreshInS: given.refreshInS,
    /** Answers instead of the usual response. */
    fault: undefined as (() => Response | Promise<Response>) | undefined,
    requests: 0,
    mostInFlight: 0,
    async fetch(_url: string, { signal }: { signal: AbortSignal }): Promise<Response> {
      const number = ++service.requests;
      service.mostInFlight = Math.max(service.mostInFlight, ++inFlight);
      try {
        await new Promise<void>((resolve, reject) => {
          setTimeout(resolve, 100);
          signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
        });
        if (service.fault) return await service.fault();
        return Response.json({
          token_type: "Bearer",
          access_token: `token-${number}`,
          expires_in: service.lifetimeS,
          ...(service.refreshInS !== undefined && { refresh_in: service.refreshInS }),
        });
      } finally {
        inFlight--;
      }
    },
  };
  return service;
}

export const down = (): Response => new Response("", { status: 503 });

/** Stops all clocks of this process until the test advances them. */
export function stopTime(): void {
  vi.useFakeTimers({
    toFake: ["Date", "performance", "setTimeout", "clearTimeout", "setImmediate"],
    now: new Date("2026-03-02T09:00:00Z"),
  });
}
