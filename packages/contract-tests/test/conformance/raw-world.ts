import { type Mock, type MockOptions, startMock } from "@partner-qualifications/mock";

/** A complete response. */
export interface RawReply {
  status: number;
  headers: Headers;
  // Each test expects its own type.
  body: unknown;
}

export interface RawCall {
  method?: string;
  /** Sent as JSON, unless it is a string with its own media type. */
  body?: unknown;
  headers?: Record<string, string>;
}

/** Calls a mock without the client, which would refuse to send most invalid requests. */
function rawCaller(mock: Mock) {
  return async (path: string, { method, body, headers }: RawCall = {}): Promise<RawReply> => {
    const text =
      typeof body === "string" && headers?.["Content-Type"] ? body : JSON.stringify(body);
    const response = await fetch(mock.url + path, {
      method: method ?? (body === undefined ? "GET" : "POST"),
      headers: {
        Authorization: "Bearer any",
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: text }),
    });
    const answer: unknown = await response.json();
    return { status: response.status, headers: response.headers, body: answer };
  };
}

/** Starts a mock with a clock that stands still on a Monday morning by default, and a caller for it. */
export async function rawWorld(options: MockOptions = {}) {
  const mock = await startMock({ clock: "manual", now: "2026-01-05T09:00:00Z", ...options });
  return { mock, call: rawCaller(mock), [Symbol.asyncDispose]: () => mock.close() };
}
