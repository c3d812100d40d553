export type { Check, Context, Verdict } from "./checks/check.ts";
export { checks, ownChecks, schemathesisChecks } from "./checks/index.ts";
export type { Json, JsonObject } from "./contract/json.ts";
export type { Media, Operation, Parameter } from "./contract/operation.ts";
export { type Contract, readContract } from "./contract/read-contract.ts";
export type { Relation } from "./contract/relations.ts";
export type { Schema } from "./contract/schema.ts";
export { gapsOf, type Matrix, type Weighed } from "./coverage/matrix.ts";
export { readWaivers, type Waiver } from "./coverage/waivers.ts";
export {
  ContractError,
  HangingError,
  NothingJudgedError,
  SeedError,
  SuiteError,
  TokenError,
  UnreachableError,
  UsageError,
} from "./errors.ts";
export type { Case, Intent } from "./exchange/case.ts";
export type { Answer, Exchange, SentRequest } from "./exchange/exchange.ts";
export type { Failure } from "./exchange/failure.ts";
export type { Target } from "./exchange/target.ts";
export type { Drawing } from "./run.ts";
export { arbitraryFor } from "./generate/arbitrary-for.ts";
export { boundariesOf } from "./generate/boundaries-of.ts";
export { type Keyword, type Mutation, mutationsOf } from "./generate/mutations-of.ts";
export {
  type CheckResult,
  type Phase,
  phaseNames,
  runSuite,
  type SuiteOptions,
  type SuiteResult,
} from "./suite.ts";
