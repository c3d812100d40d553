import type { SupportBundle } from "@partner-qualifications/client";

/** What the contract's error catalogue says of a code. */
export interface Advice {
  meaning: string;
  fixedBy: "developer" | "partner" | "customer" | "microsoft";
}

/** The server's answer when a call did not succeed: Partner Center's error body, and more. */
export interface Fault {
  code: string;
  description: string;
  support: SupportBundle;
  advice?: Advice | undefined;
}
