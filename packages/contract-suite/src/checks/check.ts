import type { Schemas } from "../schema-cases/schemas.ts";
import type { Contract } from "@partner-qualifications/spec/model";
import type { Exchange } from "../exchange/exchange.ts";

/** Undefined if a check does not apply to an exchange; otherwise, whether it holds, and why not. */
export type Verdict = { wrong?: string } | undefined;

/** A check's input besides the exchange. */
export interface Context {
  contract: Contract;
  schemas: Schemas;
  /** Exchanges since the last reset of the target, without this one. */
  earlier: readonly Exchange[];
  /** Returns the earlier exchange of a case. */
  find(caseId: string): Exchange | undefined;
  /** Maximum response time, in milliseconds. */
  maxResponseTime: number;
}

/** A rule for exchanges. Checks send nothing; phases decide which requests are sent. */
export interface Check {
  /** Schemathesis's name, if it has the same check. */
  name: string;
  /** A short description. */
  summary: string;
  /** Returns why the check cannot apply to a contract. */
  inapplicable?(contract: Contract): string | undefined;
  judge(exchange: Exchange, context: Context): Verdict;
}

export const held: Verdict = {};

export function wrong(why: string): Verdict {
  return { wrong: why };
}

/** Returns a failure with a reason, or success without one. */
export function verdict(why: string | undefined): Verdict {
  return why === undefined ? held : wrong(why);
}
