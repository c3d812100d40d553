import {
  createQualificationsClient,
  type Fetch,
  type QualificationsClient,
  type QualificationsClientOptions,
} from "@partner-qualifications/client";
import { createHttpClient } from "@partner-qualifications/client/http";
import { createNodeFetch } from "@partner-qualifications/client/node";
import {
  type Exchange,
  type Mock,
  type MockOptions,
  startMock,
} from "@partner-qualifications/mock";
import { contract } from "@partner-qualifications/spec/model";
import { faultsOfRequest } from "./check-request.ts";
import { steadyRuntime } from "./steady-runtime.ts";

/** What carries the client's requests. */
export type Transport = "global fetch" | "node fetch";
/** Both in the sweeps; the client's own tests send over both in any case. */
export const transports: Transport[] = process.env.SWEEPS
  ? ["global fetch", "node fetch"]
  : ["global fetch"];

/** A client and a mock, with all traffic between them. */
export interface RecordedWorld extends AsyncDisposable {
  mock: Mock;
  client: QualificationsClient;
  /** The HTTP client under it. */
  http: ReturnType<typeof createHttpClient>;
  /** In order. */
  exchanges: Exchange[];
  /** The headers of each attempt as sent; the recorded exchanges have no secrets. */
  sentHeaders: Record<string, string>[];
  /** The client's waits, in milliseconds. */
  waits: number[];
  /** The client's violations of the contract. */
  faultsOfRequests(): string[];
}

export interface WorldOptions {
  transport?: Transport;
  client?: Partial<QualificationsClientOptions>;
  mock?: MockOptions;
  /** The client's base URL, by default the mock's. */
  baseUrl?: (mock: Mock) => Promise<string>;
}

/**
 * Starts a mock with its own clock and a client that waits by that clock, with the full patience of its
 * retry rules.
 */
export async function recordedWorld(options: WorldOptions = {}): Promise<RecordedWorld> {
  const exchanges: Exchange[] = [];
  const mock = await startMock({
    clock: "manual",
    now: "2026-01-05T09:00:00Z",
    ...options.mock,
    log(exchange) {
      exchanges.push(exchange);
      options.mock?.log?.(exchange);
    },
  });
  const runtime = steadyRuntime((ms) => mock.advance(`PT${ms / 1000}S`));
  const nodeFetch = options.transport === "node fetch" ? createNodeFetch() : undefined;
  const carry: Fetch = nodeFetch ?? ((url, init) => fetch(url, init));
  const sentHeaders: Record<string, string>[] = [];
  const client = createQualificationsClient({
    baseUrl: (await options.baseUrl?.(mock)) ?? mock.url,
    credential: freshTokens(),
    totalTimeoutMs: 24 * 60 * 60 * 1000,
    retry: { maxRetryAfterMs: 60 * 60 * 1000 },
    runtime,
    fetch: (url, init) => {
      sentHeaders.push(init.headers as Record<string, string>);
      return carry(url, init);
    },
    ...options.client,
  });
  return {
    mock,
    client,
    http: createHttpClient(client),
    exchanges,
    sentHeaders,
    waits: runtime.waits,
    faultsOfRequests: () =>
      exchanges.flatMap(({ message }) =>
        faultsOfRequest(contract, { ...message, body: message.body.text }),
      ),
    async [Symbol.asyncDispose]() {
      await nodeFetch?.close();
      await mock.close();
    },
  };
}

/** Returns a new token each time, so that a rejected one is replaced. */
function freshTokens(): () => string {
  let made = 0;
  return () => `token-${made++}`;
}
