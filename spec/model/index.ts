// The only reader of the contract. The rest of the workspace uses its results.

export { ContractError } from "./contract-error.ts";
export {
  contract,
  type Contract,
  document,
  type ErrorCode,
  readContract,
  type Server,
} from "./contract.ts";
export {
  documented,
  type Example,
  type Header,
  isSafe,
  type Media,
  type Operation,
  type Parameter,
  type RequestBody,
  type Response,
  type Retry,
} from "./operation.ts";
export * from "./relations.ts";
export {
  asSchema,
  type Grounds,
  groundsOf,
  isObject,
  type Json,
  type JsonObject,
  numberAt,
  type OpenSet,
  propertiesOf,
  requiredOf,
  type Schema,
  schemasAt,
  typesOf,
} from "./schema.ts";
export type { Environment, SecurityScheme } from "./security.ts";
