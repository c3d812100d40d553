import type { EnvironmentName } from "@partner-qualifications/client";
import { environments as generated } from "../generated/environments.ts";

export type { EnvironmentName } from "@partner-qualifications/client";

/** Where the tokens of an environment come from, and for what. */
export interface Environment {
  /** Entra's address. */
  readonly authority: string;
  /** Partner Center as an audience. */
  readonly resource: string;
  /** The scope of a token for an application and its user. */
  readonly appUserScope: string;
  /** The scope of a token for an application alone. */
  readonly appOnlyScope: string;
}

/** From the contract, which names its sources (`x-environments` of its security schemes). */
export const environments: Readonly<Record<EnvironmentName, Environment>> = generated;
