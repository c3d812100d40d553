import {
  AuthenticationError,
  ConnectionError,
  InvalidRequestError,
  PartnerCenterError,
  type SupportBundle,
  TimeoutError,
} from "@partner-qualifications/client";
import { CredentialError } from "@partner-qualifications/credentials";
import { contract } from "@partner-qualifications/spec/model";
import type { Failure } from "../shared/messages.ts";

const catalog = new Map(
  contract.errors.map((error): [string, typeof error] => [error.code, error]),
);
const fixedBy: Record<string, string> = {
  partner: "An administrator of your Partner Center account can fix it.",
  customer: "Only the customer can fix it.",
  microsoft: "Only Microsoft can fix it.",
};

/** Returns the status and the body of the response to a failed call. */
export function failureOf(error: unknown): { status: number; body: Failure } {
  const support = supportOf(error);
  const { code = "", message, description = message } = support;
  return { status: statusOf(error), body: { code, description, support, advice: advise(error) } };
}

/** Returns what is safe to show: of an error of our own, only that it happened. */
export function supportOf(error: unknown): SupportBundle {
  if (error instanceof PartnerCenterError) return error.toSupportBundle();
  return { kind: "demo", message: "The demo's server failed", time: new Date().toISOString() };
}

function advise(error: unknown): string | undefined {
  if (!(error instanceof PartnerCenterError)) return undefined;
  if (error.cause instanceof CredentialError) return error.cause.remedy;
  const known = catalog.get(error.code ?? "");
  return known && [fixedBy[known.fixedBy ?? ""], known.whatToDo].filter(Boolean).join(" ");
}

function statusOf(error: unknown): number {
  if (!(error instanceof PartnerCenterError)) return 500;
  if (error instanceof InvalidRequestError) return 400;
  if (error instanceof AuthenticationError) return 401;
  if (error instanceof ConnectionError) return 502;
  if (error instanceof TimeoutError) return 504;
  // A redirect, or a success that is unreadable, is the gateway's fault.
  return error.status !== undefined && error.status >= 400 ? error.status : 502;
}
