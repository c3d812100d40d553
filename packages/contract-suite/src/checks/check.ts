import type { Schemas } from "../schema-cases/schemas.ts";
import type { Contract } from "@partner-qualifications/spec/model";
import type { Exchange } from "../exchange/exchange.ts";

/** Nothing where a check has nothing to say of an exchange; else whether it holds, and why not. */
export type Verdict = { wrong?: string } | undefined;

/** What a check may read beside the exchange itself. */
export interface Context {
  contract: Contract;
  schemas: Schemas;
  /** What was exchanged since the target last forgot everything, this exchange left out. */
  earlier: readonly Exchange[];
  /** The earlier exchange of a case. */
  find(caseId: string): Exchange | undefined;
  /** How long an answer may take, in milliseconds. */
  maxResponseTime: number;
}

/**
 * A rule that exchanges keep or break. Checks send nothing: which requests are sent is the business of the
 * phases.
 */
export interface Check {
  /** As Schemathesis names it, where it has the same. */
  name: string;
  /** What it checks, in a few words. */
  summary: string;
  /** Why no exchange of a contract could break it. */
  inapplicable?(contract: Contract): string | undefined;
  judge(exchange: Exchange, context: Context): Verdict;
}

export const held: Verdict = {};

export function wrong(why: string): Verdict {
  return { wrong: why };
}

/** Holds unless there is a reason why not. */
export function verdict(why: string | undefined): Verdict {
  return why === undefined ? held : wrong(why);
}
