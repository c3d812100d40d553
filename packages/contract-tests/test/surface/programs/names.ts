// Exports whose types the compiler infers, so that it has to name each of them in the declarations.

import {
  type components,
  createQualificationsClient,
  errorFromJSON,
  type EnvironmentName,
  type Fetch,
  parseDate,
  PartnerCenterError,
  withResponse,
} from "@partner-qualifications/client";
import { createHttpClient, type HttpClient } from "@partner-qualifications/client/http";
import { createNodeFetch } from "@partner-qualifications/client/node";
import { createFakeClient, FakeClock } from "@partner-qualifications/client/testing";
import {
  appOnlyCredential,
  callbackRefreshTokenStore,
  credentialFromEnvironment,
  environments,
  explainCode,
} from "@partner-qualifications/credentials";
import {
  type Journal,
  parseScenario,
  startMock,
  testCustomers,
} from "@partner-qualifications/mock";
import { checks, readWaivers, runSuite, schemasOf } from "@partner-qualifications/contract-suite";
import { contract } from "@partner-qualifications/spec/model";

export const client = createQualificationsClient({ credential: "none" });
export const http = createHttpClient(client);
export const sameHttp: HttpClient = http;
export const listOverHttp = async () => http.GET("/v1/customers/all/validations");
export const list = async () => client.qualifications.list("");
export const status = async (id: string) =>
  (await list()).map(({ vettingStatus }) => ({ id, vettingStatus }));
export const vetting = async () =>
  client.qualifications.request("", { qualification: "StateOwnedEntity" });
export const outcome = async () => (await vetting()).pollUntilDone();
export const responded = () => withResponse((call) => client.validationCodes.list(call));
export const customers = () => client.customers.list();
export const fetches = { node: createNodeFetch(), client: client.fetch };
export const faked = createFakeClient();
export const clock = new FakeClock();
export const failure = errorFromJSON({ kind: "timeout", message: "", time: "" });
export const isOurs = (error: unknown) => (error instanceof PartnerCenterError ? error : undefined);
export const parsed = parseDate;
export const named: { environment: EnvironmentName; fetch?: Fetch } = { environment: "china" };
export type Code = components["schemas"]["ValidationCode"];

export const credential = appOnlyCredential({ tenant: "", clientId: "", clientSecret: "" });
export const store = callbackRefreshTokenStore({ read: async () => "", write: async () => {} });
export const fromEnvironment = credentialFromEnvironment;
export const world = environments;
export const explained = explainCode;

export const started = async () => startMock();
export const journal = async () => (await startMock()).control.journal();
export const sameJournal = async (): Promise<Journal> => journal();
export const entries = async () => (await journal()).log.entries;
export const control = async () => (await startMock()).control;
export const scenario = () => parseScenario("");
export const known = testCustomers;

export const suiteChecks = checks;
export const waivers = readWaivers;
export const suite = runSuite;
export const schemas = schemasOf(contract);
export const operations = contract.operations.map(({ id, deprecated, sunset }) => ({
  id,
  deprecated,
  sunset,
}));
