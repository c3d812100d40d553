export { createQualificationsClient } from "./client.ts";
export type { QualificationsClient } from "./client.ts";
export { parseDate } from "./answers/dates.ts";
export * from "./errors/errors.ts";
export type { EnvironmentName } from "./generated/environments.ts";
export type { components, Schema } from "./generated/schemas.ts";
export { clientVersion, contractVersion } from "./generated/version.ts";
export { debugLogger } from "./hooks.ts";
export type {
  AnswerEvent,
  AttemptEvent,
  AttemptStartEvent,
  CallEvent,
  CallResponse,
  EndEvent,
  Hooks,
  ResponseHeaders,
  WaitEvent,
  WarningEvent,
} from "./hooks.ts";
export type { QualificationsClientOptions } from "./options.ts";
export type { SomeRequest } from "./pipeline/as-fetch.ts";
export type { CallOptions, WriteOptions } from "./pipeline/call.ts";
export type { RequestHeaders } from "./pipeline/headers.ts";
export type { RetryOptions } from "./pipeline/retry.ts";
export type { Fetch, FetchInit, FetchResponse } from "./pipeline/transport.ts";
export type { AuditRecords } from "./resources/audit-records.ts";
export type { AuditedRequest, AuditRecord, AuditRecordSearch } from "./records/audit-record.ts";
export type {
  Customer,
  Customers,
  CustomerSearch,
  ValidationStatus,
} from "./resources/customers.ts";
export type { Qualifications } from "./resources/qualifications.ts";
export type { CustomerQualification } from "./answers/read-qualification.ts";
export type { ValidationCode, ValidationCodes } from "./resources/validation-codes.ts";
export type { AccessToken, Credential, TokenCredential, TokenRequest } from "./token/credential.ts";
export type {
  EducationRequest,
  GovernmentCommunityCloudRequest,
  QualificationRequest,
  StateOwnedEntityRequest,
} from "./vetting/qualification-request.ts";
export type { PollInterval } from "./vetting/schedule.ts";
export type { Write } from "./vetting/send-request.ts";
export type { Ignored, Outcome, PollOptions, Progress } from "./vetting/poll.ts";
export type { Vetting } from "./vetting/vetting.ts";
export type { Runtime } from "./runtime.ts";
export { type WithResponse, withResponse } from "./with-response.ts";
