import { body, items, type Plant, type Value } from "./plant.ts";

const other = "99999999-2222-3333-4444-555555555555";

/** Changes each record of a page. */
const records = (change: (record: Value) => Value) => (page: Value) =>
  items(page, (all) => all.map(change));

/** Defects of audit records. The suite waits for a record, so these need the mock's clock. */
export const audit: readonly Plant[] = [
  body("listAuditRecords", "no record of an accepted request", (page) => items(page, () => [])),
  body(
    "listAuditRecords",
    "another correlation id",
    records((one) => ({ ...one, originalCorrelationId: other })),
  ),
  body(
    "listAuditRecords",
    "a refused request that succeeded",
    records((one) => ({ ...one, operationStatus: "succeeded" })),
  ),
  body(
    "listAuditRecords",
    "another customer's id in a record",
    records((one) => ({ ...one, customerId: other })),
  ),
  body("listAuditRecords", "a page that repeats a record", (page) =>
    items(page, (all) => all.flatMap((one) => [one, one])),
  ),
];
