import { createQualificationsClient } from "@partner-qualifications/client";

const client = createQualificationsClient({
  baseUrl: "http://127.0.0.1:4010", // the mock; leave it out for Partner Center itself
  credential: () => "any-token",
});

const customerId = "11111111-2222-3333-4444-555555555555";
for await (const record of client.auditRecords.list({ customerId })) {
  console.log(record.operationDate, record.operationType, record.operationStatus);
}
