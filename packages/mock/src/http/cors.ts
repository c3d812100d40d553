import type { Reply } from "./reply.ts";
import type { Message } from "./request.ts";

/** Returns whether a request is a browser's preflight of a request to another origin. */
export function isPreflight({ method, headers }: Message): boolean {
  return method === "OPTIONS" && "access-control-request-method" in headers;
}

/** Allows the request for an hour. */
export function preflightReply({ headers }: Message): Reply {
  return {
    status: 204,
    headers: {
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET, POST, PUT",
      // A star does not include Authorization.
      "access-control-allow-headers": headers["access-control-request-headers"] ?? "",
      "access-control-max-age": "3600",
    },
    body: "",
  };
}

/** Lets a page of any origin read a reply, and the headers that a client needs. */
export function allowEveryOrigin(headers: Record<string, string>): void {
  headers["access-control-allow-origin"] = "*";
  headers["access-control-expose-headers"] =
    "MS-RequestId, MS-CorrelationId, Retry-After, WWW-Authenticate, Date";
}
