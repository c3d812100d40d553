import type { EnvironmentName } from "@partner-qualifications/client";
import { environments as generated } from "../generated/environments.ts";

export type { EnvironmentName } from "@partner-qualifications/client";

/** Addresses and scopes of an environment's tokens. */
export interface Environment {
  /** Entra's address. */
  readonly authority: string;
  /** Partner Center as an audience. */
  readonly resource: string;
  /** The scope of a token for an application and its user. */
  readonly appUserScope: string;
  /** The scope of a token for the application alone. */
  readonly appOnlyScope: string;
}

/** From the contract's security schemes (`x-environments`), which cite their sources. */
export const environments: Readonly<Record<EnvironmentName, Environment>> = generated;
