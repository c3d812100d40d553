import type { SupportBundle } from "@partner-qualifications/client";

/** What is known of an error beside what the service said. */
export interface Advice {
  meaning: string;
  /** Who can fix it, by the contract's error catalog. */
  fixedBy?: "developer" | "partner" | "customer" | "microsoft" | undefined;
  /** How to fix it, by the contract's error catalog. */
  whatToDo?: string | undefined;
  /** What to do, by the credential that could not give a token. */
  remedy?: string | undefined;
}

/** The server's answer when a call did not succeed: Partner Center's error body, and more. */
export interface Failure {
  code: string;
  description: string;
  support: SupportBundle;
  advice?: Advice | undefined;
}
