import { expect, test, vi } from "vitest";
import { createNodeFetch } from "@partner-qualifications/client/node";
import {
  type CallOptions,
  createQualificationsClient,
  type QualificationsClientOptions,
} from "../src/index.ts";
import { type Behaviour, hostile } from "./hostile.ts";
import { countUnhandledRejections, noSocketsLeft, noTimersLeft } from "./left-over.ts";
import { customerId, failureOf } from "./world.ts";

// The client against a misbehaving server, over both transports: no call hangs, no rejection is
// unhandled, and no resource leaks.

const transports = {
  fetch: () => ({ fetch: globalThis.fetch as never, close: async () => {} }),
  node: () => {
    const fetch = createNodeFetch();
    return { fetch: fetch as never, close: () => fetch.close() };
  },
};

const quick: Partial<QualificationsClientOptions> = {
  timeoutMs: 300,
  totalTimeoutMs: 2000,
  retry: { maxAttempts: 1 },
};

async function against(
  transport: keyof typeof transports,
  script: Parameters<typeof hostile>[0],
  options: Partial<QualificationsClientOptions> = quick,
) {
  const server = await hostile(script);
  const { fetch, close } = transports[transport]();
  const client = createQualificationsClient({
    baseUrl: server.url,
    credential: () => "canary",
    fetch,
    ...options,
  });
  return {
    server,
    list: (call?: CallOptions) => client.qualifications.list(customerId, call),
    async [Symbol.asyncDispose]() {
      await close();
      await server[Symbol.asyncDispose]();
    },
  };
}

const both = ["fetch", "node"] as const;
const cases: [Behaviour, string][] = [
  ["resets before the headers", "connection"],
  ["resets before the body", "connection"],
  ["resets during the body", "connection"],
  ["never answers", "timeout"],
  ["sends the headers slowly", "timeout"],
  ["sends the body slowly", "timeout"],
  ["stalls in the body", "timeout"],
  ["announces a longer body", "connection"],
  ["truncates the JSON", "unexpectedResponse"],
  ["sends no body", "unexpectedResponse"],
  ["sends a gigabyte", "unexpectedResponse"],
  ["fails with a gigabyte", "server"],
  ["throttles for ever", "throttled"],
  ["demands a wait of 10^12 seconds", "throttled"],
  ["answers with an HTML 502", "server"],
  ["redirects to another origin", "unexpectedResponse"],
];

for (const transport of both) {
  test.each(cases)(
    `over ${transport}, a server that %s causes a %s error without leaks`,
    async (behaviour, kind) => {
      using rejections = countUnhandledRejections();
      // A gigabyte is slow on a busy machine.
      const options = behaviour.includes("gigabyte")
        ? { ...quick, timeoutMs: 5000, totalTimeoutMs: 6000 }
        : quick;
      {
        await using it = await against(transport, behaviour, options);
        expect(await failureOf(it.list())).toMatchObject({ kind, attempts: 1 });
        await vi.waitFor(() => expect(it.server.unfinished).toBe(0), { timeout: 5000 });
        expect(it.server.bytesSent).toBeLessThan(64 * 1024 * 1024);
        expect(it.server.elsewhere.received).toEqual([]);
      }
      expect(await rejections.reasons()).toEqual([]);
      await noTimersLeft();
    },
  );

  test.each<Behaviour>([
    "answers",
    "resets after the body",
    "says another content type",
    "sends a byte order mark",
  ])(`over ${transport}, a server that %s is understood`, async (behaviour) => {
    await using it = await against(transport, behaviour);
    expect(await it.list()).toHaveLength(1);
  });

  test(`over ${transport}, a call survives a reset, a timeout and a 502`, async () => {
    const script: [Behaviour, ...Behaviour[]] = [
      "resets during the body",
      "never answers",
      "answers with an HTML 502",
      "answers",
    ];
    await using it = await against(transport, script, { timeoutMs: 300, totalTimeoutMs: 20_000 });
    expect(await it.list()).toHaveLength(1);
    const identifiers = it.server.received.map(({ headers }) => headers["ms-requestid"]);
    expect(identifiers).toHaveLength(4);
    expect(new Set(identifiers).size).toBe(1);
  });

  test(`over ${transport}, a hundred aborted calls leak nothing`, async () => {
    using rejections = countUnhandledRejections();
    {
      await using it = await against(transport, "never answers", { totalTimeoutMs: 60_000 });
      const controller = new AbortController();
      const { signal } = controller;
      const calls = Array.from({ length: 100 }, () => failureOf(it.list({ signal })));
      setTimeout(() => controller.abort(), 50);
      for (const error of await Promise.all(calls))
        expect(error).toMatchObject({ kind: "aborted" });
      await vi.waitFor(() => expect(it.server.unfinished).toBe(0), { timeout: 5000 });
    }
    expect(await rejections.reasons()).toEqual([]);
    await noTimersLeft();
  });
}

test("leaves no socket open after the Node transport closes", async () => {
  {
    await using it = await against("node", "answers", {});
    expect(await Promise.all(Array.from({ length: 50 }, () => it.list()))).toHaveLength(50);
  }
  await noSocketsLeft();
});
