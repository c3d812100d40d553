import type { QualificationRequest } from "@partner-qualifications/client";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Failure } from "../../shared/failure.ts";
import { api, qualificationsPath, qualificationsQuery } from "../api.ts";
import { useFollowed } from "../live.ts";

/** A request whose answer has not come. Its identifier makes it one request, however often it is sent. */
export interface PendingRequest {
  requestId: string;
  body: QualificationRequest;
  /** ISO 8601. */
  at: string;
}

const keyOf = (customerId: string) => `request ${customerId}`;

/** The request of this tab that is still open, also after the page was loaded again. */
function readPending(customerId: string): PendingRequest | undefined {
  const text = sessionStorage.getItem(keyOf(customerId));
  return text === null ? undefined : (JSON.parse(text) as PendingRequest);
}

/** The same request again, or a new one when something else is asked for. Kept until it is answered. */
function keepPending(customerId: string, body: QualificationRequest): PendingRequest {
  const before = readPending(customerId);
  if (before && JSON.stringify(before.body) === JSON.stringify(body)) return before;
  const pending = { requestId: crypto.randomUUID(), body, at: new Date().toISOString() };
  sessionStorage.setItem(keyOf(customerId), JSON.stringify(pending));
  return pending;
}

/** @param requestId Another one, sent later, stays. */
function forgetPending(customerId: string, requestId: string): void {
  if (readPending(customerId)?.requestId === requestId)
    sessionStorage.removeItem(keyOf(customerId));
}

/**
 * Asks for a qualification, under an identifier that stays the same until there is an answer: over a
 * second click, another try and a page that is loaded again.
 */
export function useRequest(customerId: string) {
  const queries = useQueryClient();
  const followed = useFollowed(customerId);
  const [unanswered, setUnanswered] = useState(() => readPending(customerId));
  const settle = (requestId: string) => {
    forgetPending(customerId, requestId);
    setUnanswered(readPending(customerId));
  };

  const mutation = api.useMutation("post", qualificationsPath, {
    onSuccess: (_, { params }) => settle(params.header?.["MS-RequestId"] ?? ""),
    onError: (error, { params }) => {
      if (isAnswer(error)) settle(params.header?.["MS-RequestId"] ?? "");
    },
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: qualificationsQuery(customerId).queryKey });
      void queries.invalidateQueries(api.queryOptions("get", "/v1/customers/all/validations"));
    },
  });

  // The server may have taken what this page never heard of again.
  const taken = followed.find(({ requestId }) => requestId === unanswered?.requestId)?.requestId;
  const pending = taken === undefined ? unanswered : undefined;
  useEffect(() => {
    if (taken !== undefined) forgetPending(customerId, taken);
  }, [customerId, taken]);

  function send(body: QualificationRequest): PendingRequest {
    const request = keepPending(customerId, body);
    setUnanswered(request);
    const header = { "MS-RequestId": request.requestId };
    mutation.mutate({ params: { path: { customer_id: customerId }, header }, body });
    return request;
  }
  const forget = () => pending && settle(pending.requestId);
  return { mutation, pending, isTaken: taken !== undefined, send, forget };
}

/** Whether somebody has decided; otherwise the same request may go out again. */
function isAnswer(error: unknown): boolean {
  const { status, write } = ((error ?? {}) as Partial<Failure>).support ?? {};
  if (status === undefined || write === "unknown") return false;
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}
