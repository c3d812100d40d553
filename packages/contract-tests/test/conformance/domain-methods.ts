import type { QualificationsClient } from "@partner-qualifications/client";
import { collect } from "./collect.ts";

/** A domain method of the client, about customers or qualifications rather than HTTP. */
export interface DomainMethod {
  operationId: string;
  call: (client: QualificationsClient, customerId: string) => Promise<unknown>;
  /** Its expected result for the responses' bodies, in order. */
  value: (bodies: unknown[]) => unknown;
}

const first = ([body]: unknown[]) => body;

export const domainMethods: Record<string, DomainMethod> = {
  "qualifications.list": {
    operationId: "listQualifications",
    call: ({ qualifications }, customerId) => qualifications.list(customerId),
    value: first,
  },
  "qualifications.request": {
    operationId: "requestQualification",
    call: async ({ qualifications }, customerId) => {
      const { item } = await qualifications.request(customerId, {
        qualification: "Education",
        educationSegment: "K12",
        website: "example.edu",
      });
      return item;
    },
    value: first,
  },
  "validationCodes.list": {
    operationId: "listValidationCodes",
    call: ({ validationCodes }) => validationCodes.list(),
    value: first,
  },
  "customers.list": {
    operationId: "listCustomers",
    call: ({ customers }) => collect(customers.list({ size: 10, companyName: "t" })),
    value: (bodies) => bodies.flatMap((body) => (body as { items: unknown[] }).items),
  },
  "customers.get": {
    operationId: "getCustomer",
    call: ({ customers }, customerId) => customers.get(customerId),
    value: first,
  },
  "customers.validationStatus": {
    operationId: "getValidationStatus",
    call: ({ customers }, customerId) => customers.validationStatus(customerId),
    value: first,
  },
  "auditRecords.list": {
    operationId: "listAuditRecords",
    call: ({ auditRecords }) => collect(auditRecords.list()),
    value: (bodies) => bodies.flatMap((body) => (body as { items: unknown[] }).items),
  },
};

/** Methods tested elsewhere, with the place. */
export const drivenElsewhere: Record<string, string> = {
  "auditRecords.findRequest":
    "It lists as auditRecords.list does; tested in packages/client/test/audit-records.test.ts",
  "qualifications.resume": "It asks with qualifications.list; followed in the tests of time",
};

/** Returns the names of all methods of a client's resources. */
export function methodsOf(client: QualificationsClient): string[] {
  return Object.entries(client)
    .filter(([, resource]) => typeof resource === "object")
    .flatMap(([name, resource]) => Object.keys(resource).map((method) => `${name}.${method}`));
}
