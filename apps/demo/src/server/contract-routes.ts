import {
  type CallOptions,
  InvalidRequestError,
  type QualificationRequest,
  type QualificationsClient,
} from "@partner-qualifications/client";
import { createHttpClient } from "@partner-qualifications/client/http";
import { type Context, Hono } from "hono";
import { websiteProblem } from "../shared/website-problem.ts";
import { failureOfAnswer } from "./failure.ts";
import type { Requests } from "./requests.ts";

/** What of the contract a browser may use. There is no other way from here to Partner Center. */
export function contractRoutes(client: QualificationsClient, requests: Requests) {
  const app = new Hono();
  const http = createHttpClient(client);

  // The one call that is made without a method of the client, for its pages.
  app.get("/customers", async (c) => {
    const { size, filter } = c.req.query();
    const continuation = c.req.header("MS-ContinuationToken");
    const { data, error, response } = await http.GET("/v1/customers", {
      params: {
        query: { ...(size && { size: Number(size) }), ...(filter && { filter }) },
        header: continuation ? { "MS-ContinuationToken": continuation } : {},
      },
      call: callOf(c),
    });
    if (data) return c.json(data);
    return c.json(failureOfAnswer("listCustomers", error, response), response.status as never);
  });
  app.get("/customers/all/validations", async (c) =>
    c.json(await client.validationCodes.list(callOf(c))),
  );
  app.get("/customers/:customer_id", async (c) =>
    c.json(await client.customers.get(customerOf(c), callOf(c))),
  );
  app.get("/customers/:customer_id/qualifications", async (c) =>
    c.json(await client.qualifications.list(customerOf(c), callOf(c))),
  );
  app.post("/customers/:customer_id/qualifications", async (c) => {
    const body = await readRequest(c);
    return c.json(await requests.send(customerOf(c), body, callOf(c)), 201);
  });
  return app;
}

function customerOf(c: Context): string {
  return (c.req.param("customer_id") ?? "").toLowerCase();
}

/** The browser's identifiers are kept, so that what it sends again is one request for everybody. */
function callOf(c: Context): CallOptions {
  return {
    requestId: c.req.header("MS-RequestId"),
    correlationId: c.req.header("MS-CorrelationId"),
  };
}

/** The client looks at the rest of it. */
async function readRequest(c: Context): Promise<QualificationRequest> {
  const body = (await c.req.json().catch(() => undefined)) as QualificationRequest | undefined;
  if (typeof body !== "object" || body === null) {
    throw new InvalidRequestError("body", "must be a JSON object");
  }
  if ("website" in body && body.website !== undefined) {
    const problem = websiteProblem(String(body.website));
    if (problem) throw new InvalidRequestError("website", `is not a host name. ${problem}`);
  }
  return body;
}
