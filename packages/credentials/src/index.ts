export type {
  Fetch,
  FetchInit,
  FetchResponse,
  ResponseHeaders,
} from "@partner-qualifications/client";
export { appOnlyCredential } from "./credential/app-only-credential.ts";
export type {
  AbortSignalLike,
  PartnerCenterCredential,
  PartnerCenterToken,
  TokenRequestOptions,
} from "./token/partner-center-credential.ts";
export { appUserCredential, type AppUserOptions } from "./credential/app-user-credential.ts";
export type {
  ApplicationOptions,
  ApplicationSettings,
  ClientProof,
  PemCertificate,
} from "./settings/application-options.ts";

export { type Environment, type EnvironmentName, environments } from "./settings/environments.ts";
export {
  CredentialError,
  type CredentialErrorData,
  type CredentialErrorKind,
} from "./errors/credential-error.ts";
export { explainCode } from "./errors/explain-code.ts";
export {
  callbackRefreshTokenStore,
  type RefreshTokenCallbacks,
} from "./store/callback-refresh-token-store.ts";
export { fileRefreshTokenStore } from "./store/file-refresh-token-store.ts";
export type { RefreshTokenStore } from "./store/refresh-token-store.ts";
export {
  credentialFromEnvironment,
  type EnvironmentOptions,
} from "./credential/credential-from-environment.ts";
export type { Variables } from "./settings/read-environment.ts";
