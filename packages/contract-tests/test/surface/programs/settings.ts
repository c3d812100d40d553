// One set of settings for every package.

import {
  createQualificationsClient,
  type EnvironmentName,
  type Fetch,
  type PartnerCenterError,
} from "@partner-qualifications/client";
import { createNodeFetch } from "@partner-qualifications/client/node";
import {
  appOnlyCredential,
  type CredentialErrorKind,
  environments,
  type EnvironmentName as OfCredentials,
  type Fetch as FetchOfCredentials,
} from "@partner-qualifications/credentials";
import { runSuite, type SuiteError, type Target } from "@partner-qualifications/contract-suite";
import { startMock } from "@partner-qualifications/mock";
import { contract, type ContractError } from "@partner-qualifications/spec/model";

export interface Settings {
  environment: EnvironmentName;
  fetch: Fetch;
  signal: AbortSignal;
  timeoutMs: number;
}

export async function start({ environment, fetch, signal, timeoutMs }: Settings) {
  const application = { tenant: "contoso.example", clientId: "", clientSecret: "" };
  const credential = appOnlyCredential({ ...application, environment, fetch, timeoutMs });
  const client = createQualificationsClient({ credential, environment, fetch, timeoutMs });
  await client.validationCodes.list({ signal });
  await credential.getToken(environments[environment].appOnlyScope, { abortSignal: signal });
  const mock = await startMock();
  const target: Target = { baseUrl: mock.url, token: "any", timeoutMs };
  return runSuite({ contract, target });
}

export const settings: Settings = {
  environment: "global" satisfies OfCredentials,
  fetch: createNodeFetch() satisfies FetchOfCredentials,
  signal: AbortSignal.timeout(1),
  timeoutMs: 1000,
};

type ClientKind = PartnerCenterError["kind"];
type SuiteKind = SuiteError["kind"] | ContractError["kind"];

/** The same failure has the same kind in every package. */
export const shared = {
  aborted: "aborted" satisfies ClientKind & CredentialErrorKind,
  connection: "connection" satisfies ClientKind & CredentialErrorKind,
  throttled: "throttled" satisfies ClientKind & CredentialErrorKind,
  timeout: "timeout" satisfies ClientKind & CredentialErrorKind & SuiteKind,
};
