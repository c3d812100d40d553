import {
  type AuditRecord,
  type CallOptions,
  type Customer,
  InvalidRequestError,
  parseDate,
  type QualificationRequest,
  type QualificationsClient,
} from "@partner-qualifications/client";
import { type Context, Hono } from "hono";
import { hostNameOf } from "../shared/host-name.ts";
import type { Reviews } from "./reviews.ts";
import type { ServiceClock } from "./service-clock.ts";

/** A list that is longer needs more letters of the name. */
const mostCustomers = 50;
const dayMs = 86_400_000;
/** Audit records go back 90 days; a day less, since the clocks of two of its servers may differ. */
const longestBackMs = 89 * dayMs;

/** The part of the contract that a browser may use. There is no other way to Partner Center. */
export function contractRoutes(
  client: QualificationsClient,
  reviews: Reviews,
  clock: ServiceClock,
) {
  const app = new Hono();
  app.get("/customers", async (c) => {
    const companyName = c.req.query("name");
    const search = { ...callOf(c), size: mostCustomers, ...(companyName && { companyName }) };
    const items: Customer[] = [];
    for await (const customer of client.customers.list(search)) {
      if (items.length === mostCustomers) return c.json({ items, hasMore: true });
      items.push(customer);
    }
    return c.json({ items, hasMore: false });
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
  app.get("/customers/:customer_id/auditrecords/:qualification", async (c) =>
    c.json(await requestsOf(client, clock, customerOf(c), c.req.param("qualification"))),
  );
  app.post("/customers/:customer_id/qualifications", async (c) =>
    c.json(await reviews.request(customerOf(c), await readRequest(c), callOf(c)), 201),
  );
  return app;
}

/** Returns the audit records of the accepted requests for a customer's qualification, the oldest first. */
async function requestsOf(
  { auditRecords, qualifications }: QualificationsClient,
  clock: ServiceClock,
  customerId: string,
  qualification: string,
): Promise<AuditRecord[]> {
  // Its response sets the clock too, by which a date that is too old is refused.
  const listed = await qualifications.list(customerId);
  const item = listed.find((one) => one.qualification === qualification);
  const oldest = Date.parse(clock.now()) - longestBackMs;
  const created = parseDate(item?.vettingCreateDate)?.getTime() ?? 0;
  const since = Math.max(oldest, created - dayMs);
  const found: AuditRecord[] = [];
  for await (const record of auditRecords.list({ customerId, since })) {
    const isRequest = record.operationType === "update_customer_qualification";
    const isAccepted = record.operationStatus === "succeeded";
    if (isRequest && isAccepted && nameIn(record.resourceNewValue) === qualification)
      found.push(record);
  }
  return found;
}

/** Returns the qualification in a record's new value; no source describes that value. */
function nameIn(value: unknown): unknown {
  try {
    return Object(JSON.parse(String(value))).qualification;
  } catch {
    return undefined;
  }
}

function customerOf(c: Context): string {
  return (c.req.param("customer_id") ?? "").toLowerCase();
}

/** The browser's identifiers stay, so that a request that it repeats is one request to all. */
function callOf(c: Context): CallOptions {
  return {
    requestId: c.req.header("MS-RequestId"),
    correlationId: c.req.header("MS-CorrelationId"),
  };
}

/** Reads a request. The client checks what is not checked here. */
async function readRequest(c: Context): Promise<QualificationRequest> {
  const body = (await c.req.json().catch(() => undefined)) as QualificationRequest | undefined;
  if (typeof body !== "object" || body === null) {
    throw new InvalidRequestError("body", "must be a JSON object");
  }
  if (!("website" in body) || body.website === undefined) return body;
  const website = hostNameOf(String(body.website));
  if (website !== undefined) return { ...body, website };
  throw new InvalidRequestError("website", "is not an address such as www.contoso.edu");
}
