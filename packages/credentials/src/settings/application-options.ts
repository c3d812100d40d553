import type { Fetch } from "@partner-qualifications/client";
import type { EnvironmentName } from "./environments.ts";

/** How the application proves itself: one of the two. */
export type ClientProof =
  | { clientSecret: string; certificate?: undefined }
  | { certificate: PemCertificate; clientSecret?: undefined };

export interface PemCertificate {
  /** The certificate and its private key, one after the other, as PEM. */
  pem: string;
  /** Of the private key, where that is encrypted. */
  passphrase?: string | undefined;
}

export interface ApplicationSettings {
  /** The partner's own tenant, as a GUID or a domain. */
  tenant: string;
  /** The application's id, a GUID. */
  clientId: string;
  /**
   * The cloud that the partner's tenant lives in.
   *
   * @default "global"
   */
  environment?: EnvironmentName | undefined;
  /** Takes the place of the environment's: https, or http on loopback, for a test server. */
  authority?: string | undefined;
  /**
   * The time that one `getToken` may take in all, retries included, in milliseconds; at most 60,000,
   * after which the client does not wait any longer either. The caller's signal may end it sooner.
   *
   * @default 30_000
   */
  timeoutMs?: number | undefined;
  /**
   * What carries the token requests, for instance through a proxy: the `createNodeFetch()` of
   * `@partner-qualifications/client/node`, or any other `fetch`. It must not follow redirects when told so.
   *
   * @default globalThis.fetch
   */
  fetch?: Fetch | undefined;
}

export type ApplicationOptions = ApplicationSettings & ClientProof;
