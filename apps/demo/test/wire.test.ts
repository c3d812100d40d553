import { startMock } from "@partner-qualifications/mock";
import { expect, test, vi } from "vitest";
import type { WireCall } from "../showroom/shared/wire-call.ts";
import { startDemo } from "../host/server/start-demo.ts";
import { request, until } from "./support/server.ts";

vi.setConfig({ testTimeout: 60_000 });

const school = "22222222-2222-3333-4444-555555555555";
const calls = (url: string, isDone: (calls: WireCall[]) => boolean) =>
  until<WireCall>(url, "calls", ({ id }) => id, isDone);

const isPoll = ({ method, path }: WireCall) => method === "GET" && path.endsWith("/qualifications");

test("records bodies without the token, and counts equal polls on one line", async () => {
  await using mock = await startMock({ clock: "manual" });
  await using demo = await startDemo({ baseUrl: mock.url, credential: () => "a-secret-token" });
  await request(demo.url, school, { website: "https://www.contoso.edu/about" });
  const first = await calls(demo.url, (all) => all.some((one) => isPoll(one) && one.times > 2));
  expect(first.filter(isPoll)).toHaveLength(1);
  mock.advance("P7D");
  const all = await calls(demo.url, (now) => now.filter(isPoll).length > 1);

  const write = all.find(({ method }) => method === "POST")!;
  expect(write.path).toBe(`/v1/customers/${school}/qualifications`);
  expect(JSON.parse(write.body!)).toEqual({
    qualification: "Education",
    educationSegment: "K12",
    website: "www.contoso.edu",
  });
  expect(JSON.parse(write.attempts[0]!.body!)).toMatchObject({ vettingStatus: "InReview" });
  expect(write.headers).toMatchObject({ "ms-requestid": write.requestId });
  const bodies = all.filter(isPoll).map(({ attempts }) => attempts[0]?.body);
  expect(bodies).toEqual([
    expect.stringContaining("InReview"),
    expect.stringContaining("Approved"),
  ]);
  expect(JSON.stringify(all)).not.toContain("a-secret-token");
});

test("shows each attempt of a request with a lost response", async () => {
  await using mock = await startMock({ clock: "manual" });
  await using demo = await startDemo({ baseUrl: mock.url, credential: () => "any" });
  mock.control.addFaults({ kind: "reset", only: "writes" });
  expect((await request(demo.url, school)).status).toBe(201);
  const all = await calls(demo.url, (now) =>
    now.some((one) => one.method === "POST" && one.isDone),
  );
  expect(all.find(({ method }) => method === "POST")?.attempts).toMatchObject([
    { attempt: 1, error: expect.any(String) as string, waitMs: expect.any(Number) as number },
    { attempt: 2, status: 201 },
  ]);
});
