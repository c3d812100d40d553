import type { Contract } from "@partner-qualifications/spec/model";
import { allowHeaderConformance } from "./allow-header-conformance.ts";
import type { Check } from "./check.ts";
import { contentTypeConformance } from "./content-type-conformance.ts";
import { ensureResourceAvailability } from "./ensure-resource-availability.ts";
import { idempotentReplay } from "./idempotent-replay.ts";
import { identifiersEchoed } from "./identifiers-echoed.ts";
import { ignoredAuth } from "./ignored-auth.ts";
import { maxResponseTime } from "./max-response-time.ts";
import { missingRequiredHeader } from "./missing-required-header.ts";
import { negativeDataRejection } from "./negative-data-rejection.ts";
import { notAServerError } from "./not-a-server-error.ts";
import { positiveDataAcceptance } from "./positive-data-acceptance.ts";
import { relationChecks } from "./relation-checks.ts";
import { responseHeadersConformance } from "./response-headers-conformance.ts";
import { responseSchemaConformance } from "./response-schema-conformance.ts";
import { retryAfterTellsTheTruth } from "./retry-after-tells-the-truth.ts";
import { statusCodeConformance } from "./status-code-conformance.ts";
import { unsupportedMethod } from "./unsupported-method.ts";
import { useAfterFree } from "./use-after-free.ts";
import { vettingOnlyMovesForward } from "./vetting-only-moves-forward.ts";

/** The fourteen checks of Schemathesis, with its names and meanings. */
export const schemathesisChecks: readonly Check[] = [
  notAServerError,
  statusCodeConformance,
  contentTypeConformance,
  responseHeadersConformance,
  responseSchemaConformance,
  negativeDataRejection,
  positiveDataAcceptance,
  missingRequiredHeader,
  unsupportedMethod,
  allowHeaderConformance,
  useAfterFree,
  ensureResourceAvailability,
  ignoredAuth,
  maxResponseTime,
];

/** Checks that Schemathesis lacks. The fifth of ours, for open sets, concerns the client. */
export const ownChecks: readonly Check[] = [
  idempotentReplay,
  vettingOnlyMovesForward,
  retryAfterTellsTheTruth,
  identifiersEchoed,
];

export const checks: readonly Check[] = [...schemathesisChecks, ...ownChecks];

/** All checks of a run: those for any contract, and one for each of its relations. */
export function checksOf(contract: Contract): readonly Check[] {
  return [...checks, ...relationChecks(contract)];
}
