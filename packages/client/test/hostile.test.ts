import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { type Behaviour, hostile } from "./hostile.ts";
import { gigabyte, item } from "./hostile-behaviours.ts";
import { countUnhandledRejections, noSocketsLeft, noTimersLeft } from "./left-over.ts";

/** Plain `fetch`'s result: the parts of the exchange that arrived. */
async function visit(behaviour: Behaviour, { timeout = 600, pace = 20 } = {}) {
  await using server = await hostile(behaviour, { pace });
  const seen: {
    status?: number;
    headers?: Headers;
    bytes?: string;
    brokeOff?: "in the headers" | "in the body";
    timedOut?: boolean;
  } = {};
  try {
    const signal = AbortSignal.timeout(timeout);
    const response = await fetch(server.url, { signal, redirect: "manual" });
    seen.status = response.status;
    seen.headers = response.headers;
    seen.bytes = Buffer.from(await response.arrayBuffer()).toString();
  } catch (error) {
    seen.brokeOff = seen.status ? "in the body" : "in the headers";
    seen.timedOut = (error as Error).name === "TimeoutError";
  }
  return seen;
}
const list = JSON.stringify([item]);

/** A raw connection, for what `fetch` hides. */
function dial({ url }: { url: string }) {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  return socket;
}

describe("the hostile server", () => {
  test("answers a GET with a list and a POST with an item", async () => {
    await using server = await hostile("answers");
    expect(await (await fetch(server.url)).json()).toEqual([item]);
    const response = await fetch(`${server.url}/path`, { method: "POST", body: "sent" });
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual(item);
    expect(server.received).toMatchObject([
      { method: "GET", url: "/" },
      { method: "POST", url: "/path", body: "sent" },
    ]);
  });

  test("uses one behavior per request and repeats the last one", async () => {
    await using server = await hostile(["answers with an HTML 502", "throttles for ever"]);
    const statuses = [];
    for (let turn = 0; turn < 4; turn += 1) statuses.push((await fetch(server.url)).status);
    expect(statuses).toEqual([502, 429, 429, 429]);
  });

  test.each([
    ["resets before the headers", "in the headers"],
    ["resets before the body", "in the body"],
    ["resets during the body", "in the body"],
    ["announces a longer body", "in the body"],
  ] as const)("%s, breaking off %s", async (behaviour, brokeOff) => {
    expect(await visit(behaviour)).toMatchObject({ brokeOff, timedOut: false });
  });

  test.each([
    ["never answers", "in the headers"],
    ["stalls in the body", "in the body"],
  ] as const)("%s, keeping the caller waiting %s", async (behaviour, brokeOff) => {
    expect(await visit(behaviour)).toMatchObject({ brokeOff, timedOut: true });
  });

  test.each([
    ["sends the headers slowly", "in the headers"],
    ["sends the body slowly", "in the body"],
  ] as const)("%s, complete in the end or cut off %s", async (behaviour, part) => {
    expect(await visit(behaviour, { timeout: 10_000, pace: 1 })).toMatchObject({ bytes: list });
    expect(await visit(behaviour)).toMatchObject({ brokeOff: part, timedOut: true });
  });

  test("resets after a complete body", async () => {
    await using server = await hostile("resets after the body");
    const socket = dial(server);
    let text = "";
    socket.on("data", (chunk) => (text += String(chunk)));
    const end = await new Promise<unknown>((resolve) =>
      socket.on("end", () => resolve("an orderly end")).on("error", resolve),
    );
    expect(text.endsWith(list)).toBe(true);
    expect(end).toMatchObject({ code: "ECONNRESET" });
  });

  test.each([
    ["sends a gigabyte", "200 OK"],
    ["fails with a gigabyte", "500 Internal Server Error"],
  ] as const)("%s no faster than it is read", async (behaviour, status) => {
    await using server = await hostile(behaviour);
    const memory = process.memoryUsage().rss;
    const socket = dial(server);
    const [first] = (await once(socket, "data")) as [Buffer];
    socket.pause();
    expect(String(first)).toContain(`HTTP/1.1 ${status}`);
    expect(String(first)).toContain(`Content-Length: ${gigabyte}`);
    await pause(100);
    expect(server.bytesSent).toBeLessThan(gigabyte / 10);
    expect(process.memoryUsage().rss - memory).toBeLessThan(gigabyte / 4);
    expect(server.unfinished).toBe(1);
    socket.destroy();
    await vi.waitFor(() => expect(server.unfinished).toBe(0));
  });

  test("truncates the JSON by announcing a shorter body", async () => {
    expect(await visit("announces a shorter body")).toMatchObject({ bytes: list.slice(0, -10) });
  });

  test.each([
    ["says another content type", 200, list, "image/png"],
    ["truncates the JSON", 200, list.slice(0, -10), "application/json"],
    ["sends no body", 200, "", "application/json"],
    ["sends a byte order mark", 200, `\uFEFF${list}`, "application/json"],
  ] as const)("%s with a success status", async (behaviour, ...expected) => {
    const { status, bytes, headers } = await visit(behaviour);
    expect([status, bytes, headers?.get("content-type")]).toEqual(expected);
  });

  test("answers with a gateway's HTML page for 502", async () => {
    const { status, bytes } = await visit("answers with an HTML 502");
    expect(status).toBe(502);
    expect(bytes).toMatch(/^<html>/);
  });

  test.each([
    ["throttles for ever", "0"],
    ["demands a wait of 10^12 seconds", "1000000000000"],
  ] as const)("a server that %s says so in Retry-After", async (behaviour, seconds) => {
    const { status, headers } = await visit(behaviour);
    expect([status, headers?.get("retry-after")]).toEqual([429, seconds]);
  });

  test("redirects to another origin and records the requests there", async () => {
    await using server = await hostile("redirects to another origin");
    expect(new URL(server.elsewhere.url).origin).not.toBe(new URL(server.url).origin);
    const response = await fetch(`${server.url}/path?a=b`, {
      headers: { Authorization: "Bearer x" },
    });
    expect(response.url).toBe(`${server.elsewhere.url}/path?a=b`);
    expect(server.received[0]?.headers.authorization).toBe("Bearer x");
    expect(server.elsewhere.received).toHaveLength(1);
    expect(server.elsewhere.received[0]?.headers.authorization).toBeUndefined();

    // Detects a naive client that repeats everything.
    await fetch(response.url, { headers: { Authorization: "Bearer x" } });
    expect(server.elsewhere.received[1]?.headers.authorization).toBe("Bearer x");
  });
});

describe("leak detection", () => {
  test("leak detection finds a pending timer, not a cleared one", async () => {
    await noTimersLeft();
    const timer = setTimeout(() => {}, 60_000);
    await expect(noTimersLeft()).rejects.toThrow("Left over: Timeout");
    clearTimeout(timer);
    await noTimersLeft();
  });

  test("leak detection finds an open connection, not an idle one", async () => {
    await noSocketsLeft();
    await using server = await hostile(["answers", "never answers"]);
    await (await fetch(server.url)).text();
    await noSocketsLeft();
    const controller = new AbortController();
    const call = fetch(server.url, { signal: controller.signal }).catch(() => {});
    await expect(noSocketsLeft()).rejects.toThrow("Left over: TCPSocketWrap");
    expect(server.unfinished).toBe(1);
    controller.abort();
    await call;
    await noSocketsLeft();
    await vi.waitFor(() => expect(server.unfinished).toBe(0));
  });

  test("leak detection counts unhandled rejections, not those handled late enough", async () => {
    const listeners = process.listeners("unhandledRejection");
    {
      using rejections = countUnhandledRejections();
      Promise.reject(new Error("handled")).catch(() => {});
      expect(await rejections.reasons()).toEqual([]);
      void Promise.reject(new Error("not handled"));
      expect(await rejections.reasons()).toEqual([new Error("not handled")]);
    }
    expect(process.listeners("unhandledRejection")).toEqual(listeners);
  });
});
