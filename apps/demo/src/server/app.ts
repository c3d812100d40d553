import { fileURLToPath } from "node:url";
import { serveStatic } from "@hono/node-server/serve-static";
import { PartnerCenterError, type QualificationsClient } from "@partner-qualifications/client";
import { createHttpClient } from "@partner-qualifications/client/http";
import { type Context, Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { csrf } from "hono/csrf";
import { secureHeaders } from "hono/secure-headers";
import type { SampleCustomer } from "./sample-customer.ts";

/**
 * The demo's own server. The browser speaks the contract with it, under `/api`; it passes on what the
 * contract has, and nothing else, with a credential that the browser never sees.
 */
export function createApp(client: QualificationsClient, sampleCustomers: SampleCustomer[]) {
  const http = createHttpClient(client);
  const app = new Hono();
  app.use(csrf());
  app.use(
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: ["'self'"], frameAncestors: ["'none'"] },
    }),
  );

  const qualifications = "/v1/customers/{customer_id}/qualifications";
  app.get("/api/v1/customers/:customer_id/qualifications", async (c) =>
    passOn(c, await http.GET(qualifications, { params: parametersOf(c) })),
  );
  app.post("/api/v1/customers/:customer_id/qualifications", async (c) => {
    const body = await c.req.json().catch(() => undefined);
    const code = c.req.query("code");
    const params = { ...parametersOf(c), query: { ...(code && { code }) } };
    return passOn(c, await http.POST(qualifications, { params, body }));
  });
  app.get("/api/v1/customers/all/validations", async (c) =>
    passOn(c, await http.GET("/v1/customers/all/validations")),
  );
  app.get("/api/sample-customers", (c) => c.json(sampleCustomers));
  app.all("/api/*", (c) => c.json({ statusCode: 404, message: "Resource not found" }, 404));

  app.use(serveStatic({ root: fileURLToPath(new URL("../../dist/", import.meta.url)) }));

  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    const message = error instanceof PartnerCenterError ? error.message : "The demo failed";
    return c.json({ statusCode: 502, message }, 502);
  });
  return app;
}

/** The browser's identifiers are kept, so that what it retries is one call for Partner Center too. */
function parametersOf(c: Context) {
  const requestId = c.req.header("MS-RequestId");
  const correlationId = c.req.header("MS-CorrelationId");
  return {
    path: { customer_id: c.req.param("customer_id") ?? "" },
    header: {
      ...(requestId && { "MS-RequestId": requestId }),
      ...(correlationId && { "MS-CorrelationId": correlationId }),
    },
  };
}

function passOn(
  c: Context,
  { data, error, response }: { data?: unknown; error?: unknown; response: Response },
) {
  for (const name of ["MS-RequestId", "MS-CorrelationId", "Retry-After"]) {
    const value = response.headers.get(name);
    if (value !== null) c.header(name, value);
  }
  return c.json((response.ok ? data : error) as never, response.status as never);
}
