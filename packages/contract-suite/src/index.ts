export { ContractError, readContract } from "@partner-qualifications/spec/model";
export type { Check, Context, Verdict } from "./checks/check.ts";
export { checks, ownChecks, schemathesisChecks } from "./checks/index.ts";
export type { Cell } from "./coverage/cells.ts";
export { gapsOf, type Matrix, type Weighed } from "./coverage/matrix.ts";
export type { Pattern, Waiver } from "./coverage/waivers.ts";
export {
  HangingError,
  NothingJudgedError,
  SeedError,
  SuiteError,
  TokenError,
  UnreachableError,
  UsageError,
} from "./errors.ts";
export type {
  Answer,
  Case,
  Draft,
  Exchange,
  Failure,
  Intent,
  SentRequest,
  Token,
} from "./exchange/exchange.ts";
export type { Target } from "./exchange/target.ts";
export { readWaivers } from "./package-file.ts";
export { type Phase, phaseNames } from "./phases/names.ts";
export type { Drawing } from "./phases/run.ts";
export {
  type CheckResult,
  runSuite,
  type SuiteOptions,
  type SuiteResult,
} from "./phases/run-suite.ts";
export { arbitraryFor } from "./schema-cases/arbitrary-for.ts";
export { boundariesOf } from "./schema-cases/boundaries-of.ts";
export { type Keyword, type Mutation, mutationsOf } from "./schema-cases/mutations-of.ts";
export { type OpenSetCase, openSetCases, unheardOf } from "./schema-cases/open-set-cases.ts";
export { type Schemas, schemasOf } from "./schema-cases/schemas.ts";
