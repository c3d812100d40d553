import type { Fetch } from "@partner-qualifications/client";
import type { EnvironmentName } from "./environments.ts";

/** The application's secret or its certificate. */
export type ClientProof =
  | { clientSecret: string; certificate?: undefined }
  | { certificate: PemCertificate; clientSecret?: undefined };

export interface PemCertificate {
  /** The certificate and its private key, as PEM, in one string. */
  pem: string;
  /** Passphrase of an encrypted private key. */
  passphrase?: string | undefined;
}

export interface ApplicationSettings {
  /** Your partner tenant, as a GUID or a domain. */
  tenant: string;
  /** The application (client) id, a GUID. */
  clientId: string;
  /**
   * The cloud of your partner tenant.
   *
   * @default "global"
   */
  environment?: EnvironmentName | undefined;
  /** Replaces the environment's authority with a test server: https, or http on loopback. */
  authority?: string | undefined;
  /**
   * Time limit of one `getToken`, retries included, in milliseconds. At most 60,000, because the client
   * stops waiting then. The caller's signal may end it sooner.
   *
   * @default 30_000
   */
  timeoutMs?: number | undefined;
  /**
   * Sends the token requests, for example through a proxy: `createNodeFetch()` of
   * `@partner-qualifications/client/node`, or any other `fetch` that honors `redirect: "manual"`.
   *
   * @default globalThis.fetch
   */
  fetch?: Fetch | undefined;
}

export type ApplicationOptions = ApplicationSettings & ClientProof;
