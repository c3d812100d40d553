import type { Message } from "./request.ts";
import type { Reply } from "./reply.ts";

/** Whether a browser asks, before it sends a page's request to another origin, if it may. */
export function isPreflight({ method, headers }: Message): boolean {
  return method === "OPTIONS" && "access-control-request-method" in headers;
}

/** Yes, for an hour. */
export function preflightAnswer({ headers }: Message): Reply {
  return {
    status: 204,
    headers: {
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET, POST, PUT",
      // A star does not stand for Authorization.
      "access-control-allow-headers": headers["access-control-request-headers"] ?? "",
      "access-control-max-age": "3600",
    },
    body: "",
  };
}

/** Lets a page of any origin read an answer, and the headers that a client needs. */
export function allowEveryOrigin(headers: Record<string, string>): void {
  headers["access-control-allow-origin"] = "*";
  headers["access-control-expose-headers"] =
    "MS-RequestId, MS-CorrelationId, Retry-After, WWW-Authenticate, Date";
}
