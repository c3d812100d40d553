import type { Context, MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i;

/**
 * Lets nothing in but what the demo's own page sends. A page of another site may neither write nor
 * spend our calls; nor may one whose name was made to point to this machine (DNS rebinding).
 *
 * @param publicUrl Where a proxy shows the demo to its users, if one does.
 */
export function sameOrigin(publicUrl: string | undefined): MiddlewareHandler {
  const own = publicUrl === undefined ? undefined : new URL(publicUrl);
  return async (c, next) => {
    const host = c.req.header("Host") ?? "";
    if (!loopback.test(host) && host !== own?.host) {
      return refuse(c, 403, `The demo is not called ${host}`);
    }
    const site = c.req.header("Sec-Fetch-Site") ?? "none";
    const origin = c.req.header("Origin");
    // The proxy's address as it is given: a page that came to it without https may be anybody's.
    const isOwn = origin === own?.origin || (host !== own?.host && origin === `http://${host}`);
    if (site !== "none" && site !== "same-origin") {
      return refuse(c, 403, "A page of another site may not use the demo");
    }
    const isWrite = c.req.method !== "GET" && c.req.method !== "HEAD";
    // A browser sends its origin with every write; whatever sends none is no page of ours.
    if (isWrite && !(origin && isOwn)) {
      return refuse(c, 403, "Only the demo's own page may write");
    }
    if (isWrite && !/^application\/json\b/.test(c.req.header("Content-Type") ?? "")) {
      return refuse(c, 415, "A write must be application/json");
    }
    return next();
  };
}

/** Nothing comes from elsewhere, nothing inline runs, nobody frames the page. */
export const securityHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    manifestSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  // It would bind every name below that of a proxy's operator, who may set it there.
  strictTransportSecurity: false,
  xFrameOptions: "DENY",
  referrerPolicy: "no-referrer",
  permissionsPolicy: { camera: [], geolocation: [], microphone: [] },
});

/** An answer in the shape of a gateway's, which the contract has too. */
export function refuse(c: Context, status: 403 | 404 | 413 | 415 | 502, message: string): Response {
  return c.json({ statusCode: status, message }, status);
}
