import { once } from "node:events";
import { connect } from "node:net";
import { startMock } from "@partner-qualifications/mock";
import { expect, test, vi } from "vitest";
import { startDemo } from "../src/server/start-demo.ts";
import type { LiveMessage } from "../src/shared/messages.ts";

vi.setConfig({ testTimeout: 60_000 });

const ids = [1, 2].map((last) => `22222222-2222-3333-4444-55555555555${last}`);

/** The messages of the server-sent events, with their identifiers. */
async function* listen(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/api/live`, { headers });
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (let text = ""; ;) {
      const { value, done } = await reader.read();
      if (done) return;
      text += value;
      const events = text.split("\n\n");
      text = events.pop() ?? "";
      for (const event of events) {
        const [, data] = /^data: (.*)$/m.exec(event) ?? [];
        const [, id = ""] = /^id: (.*)$/m.exec(event) ?? [];
        if (data !== undefined) yield { id, ...(JSON.parse(data) as LiveMessage) };
      }
    }
  } finally {
    await reader.cancel();
  }
}

function ask(url: string, id: string | undefined): Promise<Response> {
  return fetch(`${url}/api/v1/customers/${id}/qualifications`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: url },
    body: JSON.stringify({ qualification: "StateOwnedEntity" }),
  });
}

test("who was away gets what was missed and nothing else; of another process, everything", async () => {
  await using mock = await startMock();
  const start = () => startDemo({ baseUrl: mock.url, credential: () => "any" });
  await using demo = await start();
  await ask(demo.url, ids[0]);
  let last = "";
  for await (const { id, vettings } of listen(demo.url)) {
    last = id;
    // Its name is the last thing that becomes known of it.
    if (vettings.some(({ state, customerName }) => state === "ended" && customerName)) break;
  }
  await ask(demo.url, ids[1]);
  for await (const { isWhole, vettings } of listen(demo.url, { "Last-Event-ID": last })) {
    expect(isWhole).toBe(false);
    expect(vettings.map(({ customerId }) => customerId)).toEqual([ids[1]]);
    break;
  }
  const [epoch] = last.split(".");
  for (const other of [last.replace(epoch ?? "", "another"), "nonsense", `${epoch}.-5`]) {
    for await (const { isWhole, vettings } of listen(demo.url, { "Last-Event-ID": other })) {
      expect([isWhole, vettings.length], other).toEqual([true, 2]);
      break;
    }
  }
});

test("a browser that goes away leaves nothing behind that the server waits for", async () => {
  await using mock = await startMock();
  await using demo = await startDemo({ baseUrl: mock.url, credential: () => "any" });
  const { hostname, port } = new URL(demo.url);
  for (let browsers = 0; browsers < 50; browsers++) {
    const socket = connect(Number(port), hostname);
    socket.write(`GET /api/live HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`);
    await once(socket, "data");
    socket.destroy();
  }
  expect((await ask(demo.url, ids[0])).status).toBe(201);
  expect((await fetch(`${demo.url}/health`)).status).toBe(200);
});
