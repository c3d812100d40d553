import { expect, test } from "vitest";
import { startMock } from "../src/index.ts";
import { list, school, send } from "./call.ts";

const preflight = {
  method: "OPTIONS",
  headers: {
    Origin: "http://app.example",
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,ms-requestid",
  },
};

test("lets a page call the API and read its headers with cors", async () => {
  await using mock = await startMock({ cors: true });
  const allowed = await send(mock, `/v1/customers/${school}/qualifications`, preflight);
  expect(allowed.status).toBe(204);
  expect(allowed.headers.get("Access-Control-Allow-Headers")).toBe("authorization,ms-requestid");
  mock.failNext(429);
  const answer = await list(mock, school);
  expect(answer.headers.get("Access-Control-Allow-Origin")).toBe("*");
  expect(answer.headers.get("Access-Control-Expose-Headers")).toContain("Retry-After");
});

test("lets no page call the API without cors, or the control API ever", async () => {
  await using closed = await startMock();
  await using open = await startMock({ cors: true });
  for (const response of [
    await list(closed, school),
    await send(closed, `/v1/customers/${school}/qualifications`, preflight),
    await send(open, "/_mock/clock"),
    await send(open, "/_mock/clock", preflight),
  ]) {
    expect(response.headers.has("Access-Control-Allow-Origin")).toBe(false);
  }
});
