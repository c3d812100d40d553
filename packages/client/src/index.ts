export { createQualificationsClient } from "./client.ts";
export type { QualificationsClient, QualificationsClientOptions } from "./client.ts";
export type { Credential } from "./credential.ts";
export { PartnerCenterError } from "./error.ts";
export type { CustomerQualification, QualificationRequest } from "./qualifications.ts";
export type { ValidationCode } from "./validation-codes.ts";
export type { paths } from "./generated/paths.ts";
