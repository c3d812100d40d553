import type { Context, MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i;

/**
 * Accepts only what the demo's own pages send. A page of another site may neither write nor cause calls
 * to Partner Center, nor may a page whose name was made to point to this machine (DNS rebinding).
 *
 * @param publicUrl The address at which a proxy shows the demo to its users, if there is a proxy.
 */
export function sameOrigin(publicUrl: string | undefined): MiddlewareHandler {
  const own = publicUrl === undefined ? undefined : new URL(publicUrl);
  return async (c, next) => {
    const host = c.req.header("Host") ?? "";
    if (!loopback.test(host) && host !== own?.host) {
      return refuse(
        c,
        403,
        `The demo does not accept the host ${host}. Set PUBLIC_URL to allow a host.`,
      );
    }
    const site = c.req.header("Sec-Fetch-Site") ?? "none";
    const origin = c.req.header("Origin");
    // Behind a proxy, a page that came without https may be anyone's.
    const isOwn = origin === own?.origin || (host !== own?.host && origin === `http://${host}`);
    if (site !== "none" && site !== "same-origin") {
      return refuse(c, 403, "A page of another site may not use the demo.");
    }
    if (c.req.method === "GET" || c.req.method === "HEAD") return next();
    // A browser sends its origin with each write.
    if (!(origin && isOwn)) return refuse(c, 403, "Only the demo's own pages may write.");
    if (!/^application\/json\b/.test(c.req.header("Content-Type") ?? "")) {
      return refuse(c, 415, "A write must be application/json.");
    }
    return next();
  };
}

/** Allows nothing from elsewhere, nothing inline, and no frame around the page. */
export const securityHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  // It would bind every name below that of the proxy, whose operator may set it there.
  strictTransportSecurity: false,
  xFrameOptions: "DENY",
  referrerPolicy: "no-referrer",
  permissionsPolicy: { camera: [], geolocation: [], microphone: [] },
});

/** Responds with the shape of a gateway's error, which the contract has too. */
export function refuse(c: Context, status: 403 | 404 | 413 | 415 | 502, message: string): Response {
  return c.json({ statusCode: status, message }, status);
}
