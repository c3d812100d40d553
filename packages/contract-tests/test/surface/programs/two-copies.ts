// Two versions of each package in one program: a dependency may bring another one.

import type * as one from "@partner-qualifications/client";
import type * as two from "copy-of-client";
import type * as testing from "@partner-qualifications/client/testing";
import type * as testingTwo from "copy-of-testing";
import type * as credentials from "@partner-qualifications/credentials";
import type * as credentialsTwo from "copy-of-credentials";
import type * as mock from "@partner-qualifications/mock";
import type * as mockTwo from "copy-of-mock";
import type * as suite from "@partner-qualifications/contract-suite";
import type * as suiteTwo from "copy-of-suite";

type Same<A, B> = [A, B] extends [B, A] ? true : never;

export const same = {
  client: true satisfies Same<one.QualificationsClient, two.QualificationsClient>,
  options: true satisfies Same<one.QualificationsClientOptions, two.QualificationsClientOptions>,
  vetting: true satisfies Same<one.Vetting, two.Vetting>,
  error: true satisfies Same<one.PartnerCenterError, two.PartnerCenterError>,
  throttled: true satisfies Same<one.ThrottledError, two.ThrottledError>,
  clock: true satisfies Same<testing.FakeClock, testingTwo.FakeClock>,
  credentialError: true satisfies Same<credentials.CredentialError, credentialsTwo.CredentialError>,
  credential: true satisfies Same<
    credentials.PartnerCenterCredential,
    credentialsTwo.PartnerCenterCredential
  >,
  mock: true satisfies Same<mock.Mock, mockTwo.Mock>,
  mockOptions: true satisfies Same<mock.MockOptions, mockTwo.MockOptions>,
  suiteError: true satisfies Same<suite.SuiteError, suiteTwo.SuiteError>,
  suiteResult: true satisfies Same<suite.SuiteResult, suiteTwo.SuiteResult>,
};
