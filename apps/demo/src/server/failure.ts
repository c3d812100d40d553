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
import type { Advice, Failure } from "../shared/failure.ts";

const adviceFor = new Map<string, Advice>(
  contract.errors.map(({ code, meaning, fixedBy, whatToDo }) => [
    code,
    { meaning, fixedBy, whatToDo },
  ]),
);

/** What a browser gets in place of a good answer: Partner Center's words, and what they mean. */
export function failureOf(error: unknown): { status: number; body: Failure } {
  const support = supportOf(error);
  const { code = "", description, message } = support;
  const advice = adviceOfCredential(error) ?? adviceFor.get(code);
  const body = { code, description: description ?? message, support, advice };
  return { status: statusOf(error), body };
}

/** The same for an answer of the bare client, which throws nothing for it. */
export function failureOfAnswer(
  operation: string,
  error: unknown,
  { status, headers }: Response,
): Failure {
  const { code, description, message } = Object(error) as Record<string, unknown>;
  const words = String(description ?? message ?? (typeof error === "string" ? error : ""));
  const support: SupportBundle = {
    kind: "answer",
    message: `Partner Center answered ${status}: ${words}`,
    time: new Date().toISOString(),
    status,
    ...(code !== undefined && { code: String(code) }),
    description: words,
    operation,
    requestId: headers.get("MS-RequestId") ?? undefined,
    correlationId: headers.get("MS-CorrelationId") ?? undefined,
  };
  const known = support.code ?? "";
  return { code: known, description: words, support, advice: adviceFor.get(known) };
}

/** What can be told to whoever helps. Of an error of our own nothing but that it happened. */
export function supportOf(error: unknown): SupportBundle {
  if (error instanceof PartnerCenterError) return error.toSupportBundle();
  return { kind: "demo", message: "The demo's server failed", time: new Date().toISOString() };
}

function adviceOfCredential(error: unknown): Advice | undefined {
  const cause = error instanceof AuthenticationError ? error.cause : undefined;
  if (!(cause instanceof CredentialError)) return undefined;
  return { meaning: cause.meaning, remedy: cause.remedy };
}

function statusOf(error: unknown): number {
  if (!(error instanceof PartnerCenterError)) return 500;
  if (error instanceof InvalidRequestError) return 400;
  if (error instanceof AuthenticationError) return 401;
  if (error instanceof ConnectionError) return 502;
  if (error instanceof TimeoutError) return 504;
  // A redirection, or a good answer that cannot be read, is the gateway's fault.
  return error.status !== undefined && error.status >= 400 ? error.status : 502;
}
